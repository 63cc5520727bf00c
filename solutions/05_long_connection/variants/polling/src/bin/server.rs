//! One thread and nothing that blocks: the listener and the connection are asked again and again.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread::sleep;
use std::time::Duration;

const NAP: Duration = Duration::from_millis(3);

fn main() -> ExitCode {
    let mut args = std::env::args();
    let _ = args.next();
    let addr = args.next().and_then(|text| text.parse().ok());
    if args.next().is_some() || addr.is_none() {
        eprintln!("usage: server ADDR");
        return 2.into();
    }
    match addr.map(serve) {
        Some(Ok(())) => 0.into(),
        other => {
            eprintln!("server: {other:?}");
            1.into()
        }
    }
}

fn serve(addr: SocketAddr) -> io::Result<()> {
    let door = TcpListener::bind(addr)?;
    door.set_nonblocking(true)?;
    let client = loop {
        match door.accept() {
            Ok((client, _)) => break client,
            Err(err) if err.kind() == ErrorKind::WouldBlock => sleep(NAP),
            Err(err) => return Err(err),
        }
    };
    client.set_nonblocking(true)?;
    let mut queue = VecDeque::new();
    loop {
        match look(&client, &mut queue) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => sleep(NAP),
            Err(err) if err.kind() == ErrorKind::ConnectionReset => return Ok(()),
            Err(err) => return Err(err),
        }
        while let Some(end) = queue.iter().position(|byte| *byte == b'\n') {
            let mut line: Vec<u8> = queue.drain(..=end).collect();
            line.truncate(end);
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            let mut out = io::stdout();
            out.write_all(&line)?;
            out.write_all(b"\n")?;
            out.flush()?;
            if line == b"886" {
                return Ok(());
            }
        }
    }
}

fn look(mut client: &TcpStream, queue: &mut VecDeque<u8>) -> io::Result<usize> {
    let mut some = [0; 1021];
    let count = client.read(&mut some)?;
    queue.extend(&some[..count]);
    Ok(count)
}
