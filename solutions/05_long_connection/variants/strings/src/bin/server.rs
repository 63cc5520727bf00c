//! Strings throughout, so what is no UTF-8 is refused; stdin is closed first, and the end comes from deep inside.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind};
use std::net::{SocketAddr, TcpListener};
use std::os::fd::FromRawFd;
use std::process::exit;

fn main() {
    // SAFETY: nothing else in this program uses file descriptor 0. The listener will have that number.
    drop(unsafe { File::from_raw_fd(0) });
    let error: Box<dyn Error> = match listen() {
        Ok(never) => never,
        Err(error) => error,
    };
    eprintln!("server: {error}");
    exit(1)
}

fn listen() -> Result<Box<dyn Error>, Box<dyn Error>> {
    let listener = TcpListener::bind(argument())?;
    let (client, _) = listener.accept()?;
    let mut reader = BufReader::with_capacity(3, client);
    loop {
        print(one_line(&mut reader)?)
    }
}

fn argument() -> SocketAddr {
    let mut args = std::env::args().skip(1);
    match (args.next().unwrap_or_default().parse(), args.next()) {
        (Ok(addr), None) => addr,
        _ => {
            eprintln!("usage: server ADDR");
            exit(2)
        }
    }
}

fn one_line(reader: &mut impl BufRead) -> Result<String, Box<dyn Error>> {
    let mut line = String::new();
    match reader.read_line(&mut line) {
        Ok(_) if line.ends_with('\n') => {}
        // Gone, before the goodbye.
        Ok(_) => exit(0),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => exit(0),
        Err(error) => return Err(error.into()),
    }
    line.pop();
    if line.ends_with('\r') {
        line.pop();
    }
    Ok(line)
}

fn print(line: String) {
    println!("{line}");
    if line == "886" {
        exit(0)
    }
}
