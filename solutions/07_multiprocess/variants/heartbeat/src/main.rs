//! The other way round: a child writes a dot to its stdout, a pipe to main, twenty times a second. The write fails
//! when main is gone; and where the dots end, main knows that the child has ended.

use std::io::{self, BufRead, BufReader, Read, Write, stdout};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio, exit, id};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle, sleep};
use std::time::Duration;
use std::{array, env};

const NAMES: [&str; 2] = ["coding", "music"];

fn main() {
    let mut args: Vec<String> = env::args().collect();
    let name = if args.len() == 3 && args[1].starts_with("beat-") { args.remove(1) } else { String::new() };
    if args.len() != 2 {
        usage();
    }
    let addr: SocketAddr = args[1].parse().unwrap_or_else(|_| usage());
    match name.strip_prefix("beat-") {
        Some(name) => child(name, addr),
        None => parent(addr),
    }
}

fn usage() -> ! {
    eprintln!("usage: multiprocess ADDR");
    exit(2)
}

fn child(name: &str, addr: SocketAddr) -> ! {
    thread::spawn(|| {
        while stdout().write_all(b".").and_then(|()| stdout().flush()).is_ok() {
            sleep(Duration::from_millis(50));
        }
        exit(3)
    });
    match talk(name, addr) {
        Ok(()) => exit(0),
        Err(err) => {
            eprintln!("{name}: {err}");
            exit(1)
        }
    }
}

fn lock(child: &Mutex<Child>) -> MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

fn parent(addr: SocketAddr) -> ! {
    let children: [io::Result<(Arc<Mutex<Child>>, Option<ChildStdout>)>; 2] = array::from_fn(|n| {
        let mut child = Command::new(env::current_exe()?)
            .arg(format!("beat-{}", NAMES[n]))
            .arg(addr.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let beat = child.stdout.take();
        Ok((Arc::new(Mutex::new(child)), beat))
    });
    let mut all = Vec::new();
    let mut waits: Vec<JoinHandle<Option<String>>> = Vec::new();
    let mut trouble = None;
    for (name, child) in NAMES.into_iter().zip(children) {
        match child {
            Ok((child, beat)) => {
                all.push(Arc::clone(&child));
                waits.push(thread::spawn(move || follow(name, &child, beat)));
            }
            Err(err) => trouble = Some(format!("{name} cannot be started: {err}")),
        }
    }
    if trouble.is_none() {
        trouble = talk("main", addr).err().map(|err| format!("main: {err}"));
    }
    if trouble.is_some() {
        for child in &all {
            let _ = lock(child).kill();
        }
    }
    let failures: Vec<String> = waits.into_iter().filter_map(|wait| wait.join().ok().flatten()).collect();
    let failures = trouble.map_or(failures, |trouble| vec![trouble]);
    if failures.is_empty() {
        println!("main done");
        exit(0)
    }
    eprintln!("{}", failures.join(" and "));
    exit(1)
}

/// Listens to the beat to its end, then asks how the child ended.
fn follow(name: &str, child: &Mutex<Child>, beat: Option<ChildStdout>) -> Option<String> {
    if let Some(mut beat) = beat {
        let _ = io::copy(&mut beat, &mut io::sink());
    }
    match lock(child).wait() {
        Ok(status) if status.success() => {
            println!("{name} exited 0");
            None
        }
        other => Some(format!("{name} failed: {other:?}")),
    }
}

fn talk(name: &str, addr: SocketAddr) -> Result<(), String> {
    let stream = TcpStream::connect(addr).map_err(|err| format!("cannot reach {addr}: {err}"))?;
    let mut answers = BufReader::new(&stream);
    let mut words = vec![id()];
    words.extend(0..10);
    for word in words {
        let line = format!("{name} {word}\n");
        for byte in line.as_bytes() {
            (&stream).write_all(&[*byte]).map_err(|err| format!("after {line:?}: {err}"))?;
        }
        let mut answer = String::new();
        answers.by_ref().take(64).read_line(&mut answer).map_err(|err| format!("after {line:?}: {err}"))?;
        if answer.strip_suffix('\n').map(|text| text.strip_suffix('\r').unwrap_or(text)) != Some("ok") {
            return Err(format!("after {line:?}: {answer:?}"));
        }
    }
    Ok(())
}
