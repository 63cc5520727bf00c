//! Starts late, talks much on stderr, sets all kinds of options, reads with a timeout into 2 MiB.

use std::env;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

fn main() -> ExitCode {
    for n in 0..2000 {
        eprintln!("server: warming up, {n} of 2000");
    }
    thread::sleep(Duration::from_millis(300));
    match go() {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) if err.kind() == ErrorKind::InvalidInput => {
            eprintln!("usage: server ADDR ({err})");
            ExitCode::from(2)
        }
        Err(err) => {
            eprintln!("server: it did not work: {err}");
            ExitCode::from(1)
        }
    }
}

fn address() -> io::Result<SocketAddr> {
    let args: Vec<String> = env::args().collect();
    let [_, text] = args.as_slice() else {
        return Err(ErrorKind::InvalidInput.into());
    };
    text.to_socket_addrs()?.next().ok_or(ErrorKind::InvalidInput.into())
}

fn go() -> io::Result<()> {
    let addr = address().map_err(|err| io::Error::new(ErrorKind::InvalidInput, err))?;
    let listener = TcpListener::bind(addr).map_err(|err| io::Error::other(format!("bind {addr}: {err}")))?;
    eprintln!("server: listening on {addr}");
    let (client, _) = listener.accept()?;
    client.set_nodelay(true).ok();
    client.set_ttl(63).ok();
    client.set_read_timeout(Some(Duration::from_millis(20))).map_err(io::Error::other)?;
    let mut reader = BufReader::with_capacity(2 << 20, client);
    let mut line = Vec::with_capacity(2 << 20);
    loop {
        match reader.read_until(b'\n', &mut line) {
            Ok(_) => {}
            Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                eprintln!("server: still {} bytes", line.len());
                continue;
            }
            Err(err) => {
                eprintln!("server: {err}, so be it");
                return Ok(());
            }
        }
        let Some(text) = line.strip_suffix(b"\n") else {
            eprintln!("server: the client left, {} bytes are no line", line.len());
            return Ok(());
        };
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        for n in 0..10 {
            eprintln!("server: {n}: a line of {} bytes", text.len());
        }
        let mut out = io::stdout().lock();
        out.write_all(text)
            .and_then(|()| writeln!(out))
            .and_then(|()| out.flush())
            .map_err(io::Error::other)?;
        if text == b"886" {
            eprintln!("server: bye");
            return Ok(());
        }
        line.clear();
    }
}
