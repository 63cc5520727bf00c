//! Main listens on a Unix socket without a file, named after its own number; each child calls there first, and
//! takes the end of that connection for the end of main. Main hears of a child's end in the same way.

use std::env;
use std::io::{BufRead, BufReader, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr as UnixAddr, UnixListener, UnixStream};
use std::os::unix::process::parent_id;
use std::process::{Command, ExitCode, ExitStatus, Stdio, exit, id};
use std::sync::OnceLock;
use std::thread;

/// Main's connections to its children, kept here so that they live as long as main.
static CALLS: [OnceLock<UnixStream>; 2] = [OnceLock::new(), OnceLock::new()];

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let parsed = match args.len() {
        1 => Some((None, &args[0])),
        4 if args[0] == "@" => Some((Some((args[1].as_str(), args[2].as_str())), &args[3])),
        _ => None,
    };
    let Some((role, Ok(addr))) = parsed.map(|(role, addr)| (role, addr.parse::<SocketAddr>())) else {
        eprintln!("usage: multiprocess ADDR");
        return ExitCode::from(2);
    };
    let result = match role {
        None => lead(addr),
        Some((name, main)) => follow(name, main, addr),
    };
    match result {
        Ok(code) => code,
        Err(err) => {
            eprintln!("{}: {err}", role.map_or("main", |(name, _)| name));
            ExitCode::FAILURE
        }
    }
}

fn meeting_point(main: &str) -> Result<UnixAddr> {
    UnixAddr::from_abstract_name(format!("multiprocess/{main}"))
}

fn follow(name: &str, main: &str, addr: SocketAddr) -> Result<ExitCode> {
    if parent_id().to_string() != main {
        return Err(ErrorKind::NotConnected.into());
    }
    let mut call = UnixStream::connect_addr(&meeting_point(main)?)?;
    thread::spawn(move || {
        let _ = call.read(&mut [0]);
        exit(1)
    });
    talk(name, addr).map(|()| ExitCode::SUCCESS)
}

fn lead(addr: SocketAddr) -> Result<ExitCode> {
    let listener = UnixListener::bind_addr(&meeting_point(&id().to_string())?)?;
    let mut children = Vec::new();
    for name in ["coding", "music"] {
        let child = Command::new(env::current_exe()?)
            .args(["@", name, &id().to_string(), &addr.to_string()])
            .stdin(Stdio::null())
            .spawn();
        match child {
            Ok(child) => children.push((name, child)),
            Err(err) => {
                for (_, child) in &mut children {
                    child.kill()?;
                    child.wait()?;
                }
                return Err(err);
            }
        }
    }
    // Whoever calls is kept; nobody says anything. If a child does not call, it has failed already.
    thread::spawn(move || {
        for call in &CALLS {
            if let Ok((stream, _)) = listener.accept() {
                let _ = call.set(stream);
            }
        }
        loop {
            thread::park();
        }
    });
    let waits: Vec<_> = children
        .into_iter()
        .map(|(name, mut child)| {
            thread::spawn(move || {
                let status = child.wait();
                let good = status.as_ref().is_ok_and(ExitStatus::success);
                if good {
                    println!("{name} exited 0");
                }
                (!good).then_some(name)
            })
        })
        .collect();
    if let Err(err) = talk("main", addr) {
        eprintln!("main: {err}");
        // A child that has not called yet calls into the void of a connection that is shut at once.
        thread::spawn(|| {
            loop {
                for call in CALLS.iter().filter_map(OnceLock::get) {
                    let _ = call.shutdown(std::net::Shutdown::Both);
                }
                thread::yield_now();
            }
        });
        for wait in waits {
            let _ = wait.join();
        }
        return Ok(ExitCode::FAILURE);
    }
    let failed: Vec<&str> =
        waits.into_iter().filter_map(|wait| wait.join().unwrap_or(Some("somebody"))).collect();
    if failed.is_empty() {
        println!("main done");
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("without success: {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}

fn talk(name: &str, addr: SocketAddr) -> Result<()> {
    let mut stream = TcpStream::connect(addr)?;
    let mut answers = BufReader::new(stream.try_clone()?).take(0);
    let mut say = |line: String| {
        stream.write_all(line.as_bytes())?;
        answers.set_limit(9);
        let mut answer = Vec::new();
        answers.read_until(b'\n', &mut answer)?;
        let answer = answer.strip_suffix(b"\n").ok_or(ErrorKind::UnexpectedEof)?;
        let answer = answer.strip_suffix(b"\r").unwrap_or(answer);
        if answer == b"ok" { Ok(()) } else { Err(ErrorKind::InvalidData.into()) }
    };
    say(format!("{name} {}\n", id()))?;
    (0..10).try_for_each(|n| say(format!("{name} {n}\n")))
}
