//! Sockets that never block, asked again and again with a short sleep between.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::Duration;

/// Does it until it does not say "would block".
pub fn patiently<T>(mut action: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match action() {
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
                sleep(Duration::from_millis(2));
            }
            result => return result,
        }
    }
}

pub fn say(mut stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let n = patiently(|| stream.write(bytes))?;
        bytes = &bytes[n..];
    }
    Ok(())
}

/// A line without its end. What came behind it is thrown away.
pub fn hear(mut stream: &TcpStream) -> io::Result<Vec<u8>> {
    let mut heard = Vec::new();
    let mut piece = vec![0; 2 << 20];
    loop {
        let n = patiently(|| stream.read(&mut piece))?;
        if n == 0 {
            return Err(io::Error::other(format!("it hung up after {} bytes", heard.len())));
        }
        heard.extend_from_slice(&piece[..n]);
        if let Some(end) = heard.iter().position(|&byte| byte == b'\n') {
            heard.truncate(end);
            heard.pop_if(|last| *last == b'\r');
            return Ok(heard);
        }
    }
}

pub fn print(line: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout();
    stdout.write_all(line)?;
    stdout.write_all(b"\n")?;
    stdout.flush()
}

/// What `main` ends with.
pub fn end(name: &str, result: io::Result<()>) -> ! {
    let code = match result {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("{name}: {error}");
            1
        }
    };
    std::process::exit(code)
}
