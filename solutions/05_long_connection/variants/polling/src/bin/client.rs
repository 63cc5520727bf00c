//! Asks the connection and the keyboard by turns; only the keyboard's bytes come from a second thread.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;
use std::time::Duration;

fn main() -> ExitCode {
    let mut args = std::env::args();
    let _ = args.next();
    let addr = args.next().and_then(|text| text.parse().ok());
    if args.next().is_some() || addr.is_none() {
        eprintln!("usage: client ADDR");
        return 2.into();
    }
    match addr.map(talk) {
        Some(Ok(())) => 0.into(),
        other => {
            eprintln!("client: {other:?}");
            1.into()
        }
    }
}

fn keyboard() -> Receiver<Vec<u8>> {
    let (keys, typed) = mpsc::sync_channel(4);
    thread::spawn(move || {
        let mut piece = [0; 333];
        loop {
            match io::stdin().read(&mut piece) {
                Ok(0) => return,
                Ok(count) => {
                    if keys.send(piece[..count].to_vec()).is_err() {
                        return;
                    }
                }
                Err(err) if err.kind() == ErrorKind::Interrupted => {}
                Err(err) => {
                    eprintln!("cannot read stdin: {err}");
                    std::process::exit(1);
                }
            }
        }
    });
    typed
}

fn talk(addr: SocketAddr) -> io::Result<()> {
    let mut server = TcpStream::connect(addr)?;
    server.set_nonblocking(true)?;
    let typed = keyboard();
    let mut pending: Vec<u8> = Vec::new();
    let mut out: Vec<u8> = Vec::new();
    let mut last = false;
    loop {
        let mut idle = true;
        if !last && out.is_empty() {
            match typed.try_recv() {
                Ok(piece) => {
                    idle = false;
                    pending.extend(piece);
                }
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => {
                    last = true;
                    if !pending.is_empty() {
                        out.append(&mut pending);
                        out.push(b'\n');
                    }
                }
            }
            while !last && let Some(end) = pending.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = pending.drain(..=end).collect();
                let text = &line[..end];
                let text = text.strip_suffix(b"\r").unwrap_or(text);
                last = text == b"886";
                out.extend(text);
                out.push(b'\n');
            }
        }
        if !out.is_empty() {
            match server.write(&out) {
                Ok(count) => {
                    idle = false;
                    out.drain(..count);
                }
                Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                Err(err) => return Err(err),
            }
        }
        if last && out.is_empty() {
            return Ok(());
        }
        let mut rubbish = [0; 100];
        match server.read(&mut rubbish) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(_) => idle = false,
            Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
            Err(err) => return Err(err),
        }
        if idle {
            thread::sleep(Duration::from_millis(2));
        }
    }
}
