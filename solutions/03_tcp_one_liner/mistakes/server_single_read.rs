//! Mistake: takes what one read brings for the whole line.

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
    let mut buffer = vec![0; 100_000];
    let n = stream.read(&mut buffer)?;
    println!("{}", String::from_utf8_lossy(&buffer[..n]).trim_end());
    Ok(())
}
