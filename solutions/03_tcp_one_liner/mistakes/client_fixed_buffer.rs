//! Mistake: has room for 1024 bytes, and calls the line whole when they are full.

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
    let mut buffer = [0; 1024];
    let mut filled = 0;
    while filled < buffer.len() && !buffer[..filled].contains(&b'\n') {
        let n = stream.read(&mut buffer[filled..])?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        filled += n;
    }
    let line = buffer[..filled].split(|&b| b == b'\n').next().unwrap_or_default();
    print(line.strip_suffix(b"\r").unwrap_or(line))?;
    stream.write_all("收到, 已开始学习, So Easy!\n".as_bytes())
}

fn print(line: &[u8]) -> io::Result<()> {
    io::stdout().write_all(&[line, b"\n"].concat())
}
