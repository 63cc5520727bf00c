//! Mistake: main connects for its children and hands each its socket as stdin, but keeps hold of it too:
//! one socket, two processes.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::fd::{AsFd, OwnedFd};
use std::process::{Child, Command, ExitCode};
use std::{env, process, thread};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let done = match args.as_slice() {
        [addr] if addr.parse::<SocketAddr>().is_ok() => run(addr),
        [flag, name] if flag == "--as" => child(name),
        _ => {
            eprintln!("usage: multiprocess ADDR");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}

fn run(addr: &str) -> io::Result<()> {
    let sockets = [TcpStream::connect(addr)?, TcpStream::connect(addr)?, TcpStream::connect(addr)?];
    let [mine, of_coding, of_music] = &sockets;
    let waiting = [("coding", start("coding", of_coding)?), ("music", start("music", of_music)?)]
        .map(|(name, child)| thread::spawn(move || wait_for(name, child)));
    talk("main", mine)?;
    for thread in waiting {
        thread.join().unwrap_or(Err(io::Error::other("not waited for")))?;
    }
    println!("main done");
    Ok(())
}

fn start(name: &str, socket: &TcpStream) -> io::Result<Child> {
    let socket = OwnedFd::from(socket.try_clone()?);
    Command::new(env::current_exe()?).args(["--as", name]).stdin(socket).spawn()
}

fn wait_for(name: &str, mut child: Child) -> io::Result<()> {
    let status = child.wait()?;
    if !status.success() {
        return Err(io::Error::other(format!("{name}: {status}")));
    }
    println!("{name} exited 0");
    Ok(())
}

fn child(name: &str) -> io::Result<()> {
    let socket = io::stdin().as_fd().try_clone_to_owned()?;
    talk(name, &TcpStream::from(socket))
}

fn talk(name: &str, stream: &TcpStream) -> io::Result<()> {
    let mut answers = BufReader::new(stream);
    say(stream, &mut answers, &format!("{name} {}", process::id()))?;
    for n in 0..10 {
        say(stream, &mut answers, &format!("{name} {n}"))?;
    }
    Ok(())
}

fn say(mut stream: &TcpStream, answers: &mut impl BufRead, line: &str) -> io::Result<()> {
    stream.write_all(format!("{line}\n").as_bytes())?;
    let mut answer = String::new();
    answers.read_line(&mut answer)?;
    match answer.as_str() {
        "ok\n" | "ok\r\n" => Ok(()),
        other => Err(io::Error::other(format!("{other:?} in answer to {line}"))),
    }
}
