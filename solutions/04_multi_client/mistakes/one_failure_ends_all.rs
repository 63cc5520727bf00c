//! Mistake: one client's failure leaves through `?`, up to `main`, and ends the whole program.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

struct Client {
    stream: TcpStream,
    peer: SocketAddr,
    said: Vec<u8>,
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let (Some(Ok(addr)), None) = (args.next().map(|a| a.parse::<SocketAddr>()), args.next()) else {
        eprintln!("usage: multi_client ADDR");
        return ExitCode::from(2);
    };
    match serve(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("multi_client: {e}");
            ExitCode::FAILURE
        }
    }
}

/// One thread looks at everybody in turn, and waits for nobody.
fn serve(addr: SocketAddr) -> io::Result<()> {
    let mut clients: Vec<Client> = Vec::new();
    let listener = TcpListener::bind(addr)?;
    listener.set_nonblocking(true)?;
    loop {
        while let Some((mut stream, peer)) = unless_it_would_block(listener.accept())? {
            stream.write_all(b"Welcome to study socket!\n")?;
            stream.set_nonblocking(true)?;
            clients.push(Client { stream, peer, said: Vec::new() });
        }
        let mut at = 0;
        while at < clients.len() {
            if has_spoken(&mut clients[at])? {
                let client = clients.remove(at);
                print(client.peer, &client.said)?;
            } else {
                at += 1;
            }
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// Reads what is there. A client that has left is an error like any other.
fn has_spoken(client: &mut Client) -> io::Result<bool> {
    let mut chunk = [0; 4096];
    match unless_it_would_block(client.stream.read(&mut chunk))? {
        Some(0) => Err(ErrorKind::UnexpectedEof.into()),
        Some(n) => {
            client.said.extend_from_slice(&chunk[..n]);
            Ok(client.said.contains(&b'\n'))
        }
        None => Ok(false),
    }
}

fn unless_it_would_block<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(e) if e.kind() == ErrorKind::WouldBlock => Ok(None),
        Err(e) => Err(e),
    }
}

fn print(peer: SocketAddr, said: &[u8]) -> io::Result<()> {
    let line = said.split(|&b| b == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let mut stdout = io::stdout().lock();
    stdout.write_all(&[format!("{peer}: ").as_bytes(), line, b"\n"].concat())?;
    stdout.flush()
}
