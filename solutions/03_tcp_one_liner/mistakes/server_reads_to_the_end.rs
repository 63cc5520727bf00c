//! Mistake: reads until the client hangs up, not until the line ends.

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
    let mut all = String::new();
    stream.read_to_string(&mut all)?;
    let Some((line, _)) = all.split_once('\n') else {
        return Err(io::ErrorKind::UnexpectedEof.into());
    };
    println!("{}", line.strip_suffix('\r').unwrap_or(line));
    Ok(())
}
