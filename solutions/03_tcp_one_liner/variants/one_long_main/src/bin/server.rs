//! Everything in one long `main`, nothing shared, and every end is a `process::exit`.

use std::io::{Read, Write};
use std::net::{TcpListener, ToSocketAddrs};
use std::process::exit;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.len() != 2 {
        eprintln!("usage: server ADDR");
        exit(2);
    }
    let addr = match args[1].to_socket_addrs().map(|mut addrs| addrs.next()) {
        Ok(Some(addr)) => addr,
        _ => {
            eprintln!("{} is no address\nusage: server ADDR", args[1]);
            exit(2);
        }
    };
    let listener = match TcpListener::bind(addr) {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("{error}");
            exit(1);
        }
    };
    let mut stream = match listener.accept() {
        Ok((stream, _)) => stream,
        Err(error) => {
            eprintln!("{error}");
            exit(1);
        }
    };
    for word in ["Welcome", " to", " study", " socket!", "\n"] {
        if let Err(error) = write!(stream, "{word}") {
            eprintln!("{error}");
            exit(1);
        }
    }
    let mut line = Vec::new();
    loop {
        let mut byte = [0];
        match stream.read(&mut byte) {
            Ok(1) if byte[0] == b'\n' => break,
            Ok(1) => line.push(byte[0]),
            Ok(_) => {
                eprintln!("the client hung up");
                exit(1);
            }
            Err(error) => {
                eprintln!("{error}");
                exit(1);
            }
        }
    }
    if line.ends_with(b"\r") {
        line.pop();
    }
    line.push(b'\n');
    if let Err(error) = std::io::stdout().write_all(&line) {
        eprintln!("{error}");
        exit(1);
    }
    exit(0)
}
