//! No thread and no pipe in the children: each read ends after 50 ms at the latest, and who has another parent by then
//! leaves. Every other error of a read is one, EINTR too, which a read with a time limit returns where its process was
//! stopped meanwhile (signal(7)). Main kills its children where its own talk fails, and waits for them.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::parent_id;
use std::process::{Child, Command, ExitCode, id};
use std::thread::{sleep, spawn};
use std::time::Duration;
use std::{env, fmt};

const PATIENCE: Duration = Duration::from_millis(50);
/// How a child is called, and in which variable of its environment it finds that.
const NAMES: [&str; 2] = ["coding", "music"];
const NAME: &str = "MULTIPROCESS_NAME";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let Some(addr) = (args.len() == 1).then(|| args[0].parse().ok()).flatten() else {
        eprintln!("usage: multiprocess ADDR");
        return ExitCode::from(2);
    };
    let result = match env::var(NAME) {
        Ok(name) => talk(&name, addr, Some(parent_id())),
        Err(_) => lead(addr),
    };
    result.map_or_else(|error| complain(&error), |()| ExitCode::SUCCESS)
}

fn complain(error: &dyn fmt::Display) -> ExitCode {
    eprintln!("{error}");
    ExitCode::FAILURE
}

fn lead(addr: SocketAddr) -> io::Result<()> {
    let mut children = Vec::new();
    for name in NAMES {
        let child = Command::new(env::current_exe()?).arg(addr.to_string()).env(NAME, name).spawn();
        match child {
            Ok(child) => children.push((name, child)),
            Err(error) => return Err(end_all(children, error)),
        }
    }
    let own = spawn(move || talk("main", addr, None));
    let mut failed = Vec::new();
    while !own.is_finished() {
        tell_of_ended(&mut children, &mut failed)?;
        sleep(Duration::from_millis(2));
    }
    let own = own.join().unwrap_or_else(|_| Err(io::Error::other("main's own talk broke off")));
    if let Err(error) = own {
        return Err(end_all(children, error));
    }
    while !children.is_empty() {
        tell_of_ended(&mut children, &mut failed)?;
        sleep(Duration::from_millis(2));
    }
    match failed[..] {
        [] => say("main done"),
        _ => Err(io::Error::other(format!("failed: {}", failed.join(", ")))),
    }
}

fn tell_of_ended(children: &mut Vec<(&'static str, Child)>, failed: &mut Vec<&str>) -> io::Result<()> {
    let mut at = 0;
    while at < children.len() {
        let (name, child) = &mut children[at];
        match child.try_wait()? {
            None => at += 1,
            Some(status) => {
                if status.success() {
                    say(&format!("{name} exited 0"))?;
                } else {
                    failed.push(name);
                }
                children.swap_remove(at);
            }
        }
    }
    Ok(())
}

fn end_all(children: Vec<(&str, Child)>, error: io::Error) -> io::Error {
    for (_, mut child) in children {
        let _ = child.kill();
        let _ = child.wait();
    }
    error
}

fn say(line: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}

fn talk(name: &str, addr: SocketAddr, parent: Option<u32>) -> io::Result<()> {
    let mut stream = TcpStream::connect(addr)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let lines = [format!("{name} {}", id())].into_iter().chain((0..10).map(|n| format!("{name} {n}")));
    for line in lines {
        stream.write_all(format!("{line}\n").as_bytes())?;
        let answer = answer(&mut stream, parent)?;
        if answer.strip_suffix(b"\r").unwrap_or(&answer) != b"ok" {
            return Err(io::Error::new(ErrorKind::InvalidData, format!("another answer to {line:?}")));
        }
    }
    Ok(())
}

/// A line without its `\n`.
fn answer(stream: &mut TcpStream, parent: Option<u32>) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    loop {
        let mut byte = [0];
        match stream.read(&mut byte) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(_) if byte == *b"\n" => return Ok(line),
            Ok(_) if line.len() > 100 => return Err(ErrorKind::InvalidData.into()),
            Ok(_) => line.push(byte[0]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                if parent.is_some_and(|parent| parent != parent_id()) {
                    return Err(io::Error::other("main is gone"));
                }
            }
            Err(error) => return Err(error),
        }
    }
}
