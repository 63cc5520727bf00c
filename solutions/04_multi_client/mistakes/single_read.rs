//! Mistake: takes what one read brings for the whole line.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::exit;
use std::thread;

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(Ok(addr)), None) = (args.next().map(|a| a.parse::<SocketAddr>()), args.next()) else {
        eprintln!("usage: multi_client ADDR");
        exit(2);
    };
    match TcpListener::bind(addr) {
        Ok(listener) => serve(&listener),
        Err(e) => {
            eprintln!("multi_client: {e}");
            exit(1);
        }
    }
}

fn serve(listener: &TcpListener) {
    loop {
        match listener.accept() {
            Ok((stream, peer)) => {
                thread::spawn(move || talk(stream, peer));
            }
            Err(e) => eprintln!("accept: {e}"),
        }
    }
}

fn talk(mut stream: TcpStream, peer: SocketAddr) -> io::Result<()> {
    stream.write_all(b"Welcome to study socket!\n")?;
    let mut buffer = vec![0; 100_000];
    let n = stream.read(&mut buffer)?;
    print(peer, buffer[..n].trim_ascii_end())
}

fn print(peer: SocketAddr, line: &[u8]) -> io::Result<()> {
    io::stdout().write_all(&[format!("{peer}: ").as_bytes(), line, b"\n"].concat())
}
