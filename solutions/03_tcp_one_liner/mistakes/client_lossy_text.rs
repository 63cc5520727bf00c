//! Mistake: `from_utf8_lossy`. Bytes that are not UTF-8 are neither passed on nor refused: others stand in their place.

use std::io::{self, BufRead, BufReader, Write};
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
    BufReader::new(&stream).read_until(b'\n', &mut line)?;
    print(String::from_utf8_lossy(&whole(line)?).as_bytes())?;
    stream.write_all("收到, 已开始学习, So Easy!\n".as_bytes())
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
