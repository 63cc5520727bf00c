//! Mistake: `from_utf8_lossy`. Bytes that are not UTF-8 are neither passed on nor refused: others stand in their place.

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
    let mut line = Vec::new();
    BufReader::new(&stream).read_until(b'\n', &mut line)?;
    let line = whole(line)?;
    print(peer, String::from_utf8_lossy(&line).as_bytes())
}

/// The line without its end, or an error where there is none.
fn whole(mut line: Vec<u8>) -> io::Result<Vec<u8>> {
    if line.pop() != Some(b'\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(line)
}

fn print(peer: SocketAddr, line: &[u8]) -> io::Result<()> {
    io::stdout().write_all(&[format!("{peer}: ").as_bytes(), line, b"\n"].concat())
}
