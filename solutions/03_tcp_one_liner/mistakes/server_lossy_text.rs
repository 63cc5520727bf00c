//! Mistake: `from_utf8_lossy`. Bytes that are not UTF-8 are neither passed on nor refused: others stand in their place.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::exit;

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(Ok(addr)), None) = (args.next().map(|a| a.parse::<SocketAddr>()), args.next()) else {
        eprintln!("usage: server ADDR");
        exit(2);
    };
    if let Err(e) = serve(addr) {
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
    print(String::from_utf8_lossy(&whole(line)?).as_bytes())
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
