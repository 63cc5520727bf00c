//! One thread that never blocks on the network, and listens for the answer while it still sends.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().skip(1).collect();
    let [addr, src] = args.as_slice() else {
        eprintln!("usage: client ADDR SRC");
        return ExitCode::from(2);
    };
    let Ok(addr) = addr.to_string_lossy().parse::<SocketAddr>() else {
        eprintln!("usage: client ADDR SRC, and not ADDR {addr:?}");
        return ExitCode::from(2);
    };
    match File::open(src).and_then(|file| upload(addr, file)) {
        Ok(line) => {
            let mut out = io::stdout();
            let told = writeln!(out, "{line}").and_then(|()| out.flush());
            told.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
        }
        Err(err) => {
            eprintln!("client: {err}");
            ExitCode::FAILURE
        }
    }
}

fn calm<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(err) if matches!(err.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => Ok(None),
        Err(err) => Err(err),
    }
}

fn upload(addr: SocketAddr, mut file: File) -> io::Result<String> {
    let mut chunk = vec![0; 200_000];
    let mut filled = file.read(&mut chunk)?;
    let mut server = TcpStream::connect(addr)?;
    server.set_nonblocking(true)?;
    let (mut at, mut length) = (0, 0);
    let mut answer = Vec::new();
    let mut shut = false;
    loop {
        let mut moved = false;
        if filled == 0 && !shut {
            server.shutdown(Shutdown::Write)?;
            shut = true;
        }
        if at < filled
            && let Some(count) = calm(server.write(&chunk[at..filled]))?
        {
            moved = true;
            at += count;
            length += count;
            if at == filled {
                (at, filled) = (0, file.read(&mut chunk)?);
            }
        }
        let mut piece = [0; 5];
        match calm(server.read(&mut piece))? {
            None => {}
            Some(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Some(count) => {
                moved = true;
                answer.extend(&piece[..count]);
            }
        }
        if shut && let Some(end) = answer.iter().position(|byte| *byte == b'\n') {
            let text = String::from_utf8_lossy(&answer[..end]);
            if text.strip_suffix('\r').unwrap_or(&text) == format!("received {length} bytes") {
                return Ok(format!("sent {length} bytes"));
            }
            return Err(io::Error::other(format!("sent {length} bytes, the answer was {text:?}")));
        }
        if answer.len() > 1000 {
            return Err(io::Error::other("no end of the answer"));
        }
        if !moved {
            std::thread::sleep(Duration::from_micros(500));
        }
    }
}
