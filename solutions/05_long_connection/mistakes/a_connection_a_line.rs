//! Mistake: each line gets a connection of its own: that is a short connection, many times.

use std::env;
use std::io::{self, BufRead, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [addr] = args.as_slice() else {
        eprintln!("usage: client ADDR");
        return ExitCode::from(2);
    };
    let Ok(addr) = addr.parse::<SocketAddr>() else {
        eprintln!("no address: {addr}\nusage: client ADDR");
        return ExitCode::from(2);
    };
    match run(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("client: {err}");
            ExitCode::FAILURE
        }
    }
}

fn run(addr: SocketAddr) -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        let line = line?;
        let mut server = TcpStream::connect(addr)?;
        server.write_all(format!("{line}\n").as_bytes())?;
        if line == "886" {
            break;
        }
    }
    Ok(())
}
