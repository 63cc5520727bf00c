//! A foreman who only starts this very program again as a worker, and ends as the worker has ended.

use std::env;
use std::io::{self, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::{Command, ExitCode};

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
        eprintln!("usage: server ADDR");
        return ExitCode::from(2);
    };
    let Ok(addr) = addr.parse::<SocketAddr>() else {
        eprintln!("usage: server ADDR; {addr} is none");
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

fn run(addr: SocketAddr) -> io::Result<()> {
    let (client, _) = TcpListener::bind(addr)?.accept()?;
    let mut line = Vec::new();
    for byte in BufReader::new(client).bytes() {
        match byte {
            Ok(b'\n') => {}
            Ok(byte) => {
                line.push(byte);
                continue;
            }
            Err(err) if err.kind() == io::ErrorKind::ConnectionReset => return Ok(()),
            Err(err) => return Err(err),
        }
        line.pop_if(|byte| *byte == b'\r');
        let goodbye = line == b"886";
        line.push(b'\n');
        io::stdout().write_all(&line)?;
        io::stdout().flush()?;
        if goodbye {
            break;
        }
        line.clear();
    }
    Ok(())
}
