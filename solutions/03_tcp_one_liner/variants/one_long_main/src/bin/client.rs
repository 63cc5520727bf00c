//! Everything in one long `main`, nothing shared, and every end is a `process::exit`.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::process::exit;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.len() != 2 {
        eprintln!("usage: client ADDR");
        exit(2);
    }
    let addr = match args[1].to_socket_addrs().map(|mut addrs| addrs.next()) {
        Ok(Some(addr)) => addr,
        _ => {
            eprintln!("{} is no address\nusage: client ADDR", args[1]);
            exit(2);
        }
    };
    let mut stream = match TcpStream::connect(addr) {
        Ok(stream) => stream,
        Err(error) => {
            eprintln!("{error}");
            exit(1);
        }
    };
    let mut line = Vec::new();
    loop {
        let mut byte = [0];
        match stream.read(&mut byte) {
            Ok(1) if byte[0] == b'\n' => break,
            Ok(1) => line.push(byte[0]),
            Ok(_) => {
                eprintln!("the server hung up");
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
    for word in ["收到, ", "已开始学习, ", "So ", "Easy", "!", "\n"] {
        if let Err(error) = stream.write_all(word.as_bytes()) {
            eprintln!("{error}");
            exit(1);
        }
    }
    exit(0)
}
