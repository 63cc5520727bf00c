//! Mistake: tells a wrong argument by the colon that is missing; a port too large passes for a failed bind.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::exit;

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(text), None) = (args.next().filter(|a| a.contains(':')), args.next()) else {
        eprintln!("usage: server ADDR");
        exit(2);
    };
    let addr = text.parse::<SocketAddr>().map_err(io::Error::other);
    if let Err(e) = addr.and_then(serve) {
        eprintln!("server: {e}");
        exit(1);
    }
}

fn serve(addr: SocketAddr) -> io::Result<()> {
    let listener = TcpListener::bind(addr)?;
    let (mut stream, _) = listener.accept()?;
    stream.write_all(b"Welcome to study socket!\n")?;
    let mut line = Vec::new();
    BufReader::new(&stream).read_until(b'\n', &mut line)?;
    print(&whole(line)?)
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

fn print(line: &[u8]) -> io::Result<()> {
    io::stdout().write_all(&[line, b"\n"].concat())
}
