//! Mistake: each connection is ended for both sides, and kept in a list: its descriptor is never given back.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::exit;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

static CLIENTS: Mutex<Vec<TcpStream>> = Mutex::new(Vec::new());

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
            Err(e) => {
                eprintln!("accept: {e}");
                thread::sleep(Duration::from_millis(50));
            }
        }
    }
}

fn talk(mut stream: TcpStream, peer: SocketAddr) -> io::Result<()> {
    stream.write_all(b"Welcome to study socket!\n")?;
    let mut line = Vec::new();
    BufReader::new(&stream).read_until(b'\n', &mut line)?;
    print(peer, &whole(line)?)?;
    stream.shutdown(Shutdown::Both)?;
    CLIENTS.lock().unwrap_or_else(PoisonError::into_inner).push(stream);
    Ok(())
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
