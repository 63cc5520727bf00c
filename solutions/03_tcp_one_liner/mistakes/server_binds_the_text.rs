//! Mistake: hands the argument to bind unseen, so that a malformed address looks like a failed
//! bind.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::exit;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.len() != 2 {
        eprintln!("usage: server ADDR");
        exit(2);
    }
    if let Err(e) = serve(&args[1]) {
        eprintln!("server: {e}");
        exit(1);
    }
}

fn serve(addr: &str) -> io::Result<()> {
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
