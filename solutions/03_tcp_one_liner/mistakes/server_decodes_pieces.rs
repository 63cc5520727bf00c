//! Mistake: turns each piece into text before the line is whole, and panics where a piece ends
//! inside a character.

use std::io::{self, Read, Write};
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
    let mut text = String::new();
    let mut piece = [0; 1024];
    while !text.contains('\n') {
        let n = stream.read(&mut piece)?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        text += std::str::from_utf8(&piece[..n]).unwrap();
    }
    let line = text.split('\n').next().unwrap_or_default();
    println!("{}", line.strip_suffix('\r').unwrap_or(line));
    Ok(())
}
