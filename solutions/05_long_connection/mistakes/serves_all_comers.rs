//! Mistake: every client that comes is served, in a thread of its own.

use std::env;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{self, ExitCode};
use std::thread;

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
    loop {
        let (client, _) = listener.accept()?;
        thread::spawn(move || match print_lines(client) {
            Ok(()) => process::exit(0),
            Err(err) => {
                eprintln!("server: {err}");
                process::exit(1);
            }
        });
    }
}

fn print_lines(client: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(client);
    let mut line = Vec::new();
    loop {
        line.clear();
        match reader.read_until(b'\n', &mut line) {
            Ok(_) => {}
            Err(err) if err.kind() == ErrorKind::ConnectionReset => return Ok(()),
            Err(err) => return Err(err),
        }
        if line.pop() != Some(b'\n') {
            return Ok(());
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        let mut stdout = io::stdout();
        stdout.write_all(&line)?;
        stdout.write_all(b"\n")?;
        stdout.flush()?;
        if line == b"886" {
            return Ok(());
        }
    }
}
