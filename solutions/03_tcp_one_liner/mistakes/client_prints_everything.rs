//! Mistake: reads until a line end has come, and then prints all that has come, the bytes
//! behind it too.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::exit;

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(Ok(addr)), None) = (args.next().map(|a| a.parse::<SocketAddr>()), args.next()) else {
        eprintln!("usage: client ADDR");
        exit(2);
    };
    if let Err(e) = talk(addr) {
        eprintln!("client: {e}");
        exit(1);
    }
}

fn talk(addr: SocketAddr) -> io::Result<()> {
    let mut stream = TcpStream::connect(addr)?;
    let mut line = Vec::new();
    let mut piece = [0; 4096];
    while !line.contains(&b'\n') {
        let n = stream.read(&mut piece)?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        line.extend_from_slice(&piece[..n]);
    }
    if line.ends_with(b"\n") {
        line.pop();
    }
    print(line.strip_suffix(b"\r").unwrap_or(&line))?;
    stream.write_all("收到, 已开始学习, So Easy!\n".as_bytes())
}

fn print(line: &[u8]) -> io::Result<()> {
    io::stdout().write_all(&[line, b"\n"].concat())
}
