//! Mistake: takes all carriage returns off the end of the line, not one.

use std::io::{self, BufRead, BufReader, Write};
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
    let mut line = String::new();
    BufReader::new(&stream).read_line(&mut line)?;
    if !line.ends_with('\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    print(peer, line.trim_end_matches(['\r', '\n']).as_bytes())
}

fn print(peer: SocketAddr, line: &[u8]) -> io::Result<()> {
    io::stdout().write_all(&[format!("{peer}: ").as_bytes(), line, b"\n"].concat())
}
