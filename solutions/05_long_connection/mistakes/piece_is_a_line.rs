//! Mistake: `split` gives the bytes before the end of the stream as a line, though no `\n` came.

use std::env;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [addr] = args.as_slice() else {
        eprintln!("usage: server ADDR");
        return ExitCode::from(2);
    };
    let Ok(addr) = addr.parse::<SocketAddr>() else {
        eprintln!("no address: {addr}\nusage: server ADDR");
        return ExitCode::from(2);
    };
    match run(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("server: {err}");
            ExitCode::FAILURE
        }
    }
}

fn run(addr: SocketAddr) -> io::Result<()> {
    let listener = TcpListener::bind(addr)?;
    let (client, _) = listener.accept()?;
    let mut stdout = io::stdout().lock();
    for line in BufReader::new(client).split(b'\n') {
        let mut line = match line {
            Ok(line) => line,
            Err(err) if err.kind() == ErrorKind::ConnectionReset => return Ok(()),
            Err(err) => return Err(err),
        };
        line.pop_if(|byte| *byte == b'\r');
        stdout.write_all(&line)?;
        stdout.write_all(b"\n")?;
        if line == b"886" {
            break;
        }
    }
    Ok(())
}
