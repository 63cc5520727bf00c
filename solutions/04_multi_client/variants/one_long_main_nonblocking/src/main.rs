//! Everything in one long `main` and one thread: a list of sockets that never block, looked through again and
//! again.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::exit;
use std::thread::sleep;
use std::time::Duration;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let addr: SocketAddr = match args.get(1).filter(|_| args.len() == 2).map(|arg| arg.parse()) {
        Some(Ok(addr)) => addr,
        _ => {
            eprintln!("usage: multi_client ADDR");
            exit(2);
        }
    };
    let listener = match TcpListener::bind(addr).and_then(|l| l.set_nonblocking(true).map(|()| l)) {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("{addr}: {error}");
            exit(1);
        }
    };
    let mut clients: Vec<(TcpStream, SocketAddr, &[u8], Vec<u8>)> = Vec::new();
    loop {
        while let Ok((stream, peer)) = listener.accept() {
            if stream.set_nonblocking(true).is_ok() {
                clients.push((stream, peer, b"Welcome to study socket!\n", Vec::new()));
            }
        }
        let mut lines = Vec::new();
        clients.retain_mut(|(stream, peer, unsaid, heard)| {
            while !unsaid.is_empty() {
                match stream.write(unsaid) {
                    Ok(n) => *unsaid = &unsaid[n..],
                    Err(error) => return error.kind() == ErrorKind::WouldBlock,
                }
            }
            let mut buffer = [0; 7];
            loop {
                let n = match stream.read(&mut buffer) {
                    Ok(0) => return false,
                    Ok(n) => n,
                    Err(error) => return error.kind() == ErrorKind::WouldBlock,
                };
                heard.extend_from_slice(&buffer[..n]);
                let Some(end) = heard.iter().rposition(|&byte| byte == b'\n') else { continue };
                let first = heard[..end].iter().position(|&byte| byte == b'\n').unwrap_or(end);
                let text = &heard[..first];
                lines.extend_from_slice(format!("{peer}: ").as_bytes());
                lines.extend_from_slice(text.strip_suffix(b"\r").unwrap_or(text));
                lines.push(b'\n');
                return false;
            }
        });
        let mut stdout = std::io::stdout();
        if let Err(error) = stdout.write_all(&lines).and_then(|()| stdout.flush()) {
            eprintln!("stdout: {error}");
            exit(1);
        }
        sleep(Duration::from_millis(2));
    }
}
