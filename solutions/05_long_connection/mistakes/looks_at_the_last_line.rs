//! Mistake: the lines of a chunk are told apart, but only the last of them is compared with `886`.

use std::env;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [addr] = args.as_slice() else {
        eprintln!("usage: server ADDR");
        return ExitCode::from(2);
    };
    let Ok(addr) = addr.parse::<SocketAddr>() else {
        eprintln!("no address: {addr}\nusage: server ADDR");
        return ExitCode::from(2);
    };
    match run(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("server: {err}");
            ExitCode::FAILURE
        }
    }
}

fn run(addr: SocketAddr) -> io::Result<()> {
    let listener = TcpListener::bind(addr)?;
    let (mut client, _) = listener.accept()?;
    let mut stdout = io::stdout().lock();
    let mut pending = Vec::new();
    let mut buffer = [0; 65536];
    loop {
        let count = match client.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(err) if err.kind() == ErrorKind::ConnectionReset => return Ok(()),
            Err(err) => return Err(err),
        };
        pending.extend_from_slice(&buffer[..count]);
        let mut last = Vec::new();
        while let Some(end) = pending.iter().position(|byte| *byte == b'\n') {
            let rest = pending.split_off(end + 1);
            last = std::mem::replace(&mut pending, rest);
            last.pop();
            last.pop_if(|byte| *byte == b'\r');
            stdout.write_all(&last)?;
            stdout.write_all(b"\n")?;
        }
        if last == b"886" {
            return Ok(());
        }
    }
}
