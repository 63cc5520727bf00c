//! Mistake: what one `read` gives is taken for one line, as the lecture notes do with `recv(1024)`.

use std::env;
use std::io::{self, ErrorKind, Read};
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
    let mut buffer = [0; 1024];
    loop {
        let count = match client.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(err) if err.kind() == ErrorKind::ConnectionReset => return Ok(()),
            Err(err) => return Err(err),
        };
        let text = String::from_utf8_lossy(&buffer[..count]);
        let line = text.trim_end_matches(['\r', '\n']);
        println!("{line}");
        if line == "886" {
            return Ok(());
        }
    }
}
