//! Mistake: does not notice that read_line also returns at the end of the stream, with half a
//! line or none.

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
    let mut line = String::new();
    BufReader::new(&stream).read_line(&mut line)?;
    let line = line.strip_suffix('\n').unwrap_or(&line);
    println!("{}", line.strip_suffix('\r').unwrap_or(line));
    Ok(())
}
