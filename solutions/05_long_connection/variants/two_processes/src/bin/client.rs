//! A foreman who only starts this very program again as a worker, and ends as the worker has ended.

use std::env;
use std::io::{self, BufRead, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::thread;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    if env::var_os("WORKER").is_some() {
        return work(&args);
    }
    let worker =
        env::current_exe().and_then(|exe| Command::new(exe).args(&args).env("WORKER", "yes").status());
    match worker {
        Ok(status) => status.code().map_or(ExitCode::FAILURE, |code| ExitCode::from(code as u8)),
        Err(err) => {
            eprintln!("no worker: {err}");
            ExitCode::FAILURE
        }
    }
}

fn work(args: &[String]) -> ExitCode {
    let [addr] = args else {
        eprintln!("usage: client ADDR");
        return ExitCode::from(2);
    };
    let Ok(addr) = addr.parse::<SocketAddr>() else {
        eprintln!("usage: client ADDR; {addr} is none");
        return ExitCode::from(2);
    };
    match run(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("{addr}: {err}");
            ExitCode::FAILURE
        }
    }
}

/// Held by whoever decides how the program ends; never given back by the one who has decided.
static DECISION: Mutex<()> = Mutex::new(());

fn run(addr: SocketAddr) -> io::Result<()> {
    let mut server = TcpStream::connect(addr)?;
    let mut ear = server.try_clone()?;
    thread::spawn(move || {
        let mut rubbish = [0; 64];
        while matches!(ear.read(&mut rubbish), Ok(1..)) {}
        let _decided = DECISION.lock();
        eprintln!("{addr} hung up");
        std::process::exit(1)
    });
    let mut stdin = io::stdin().lock();
    loop {
        let mut line = Vec::new();
        stdin.read_until(b'\n', &mut line)?;
        let ended = line.pop_if(|byte| *byte == b'\n').is_none();
        if !ended {
            line.pop_if(|byte| *byte == b'\r');
        }
        let last = ended || line == b"886";
        if last {
            // The listener may not end the program any more: the guard is never dropped.
            std::mem::forget(DECISION.lock());
        }
        if !ended || !line.is_empty() {
            line.push(b'\n');
            server.write_all(&line)?;
        }
        if last {
            return Ok(());
        }
    }
}
