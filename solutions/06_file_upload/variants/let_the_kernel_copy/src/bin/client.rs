//! `io::copy` does the work, and the receipt comes through `read_line` and what stands between its words.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::Path;
use std::process::ExitCode;

fn run(addr: SocketAddr, src: &Path) -> io::Result<()> {
    let mut file = File::open(src)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a file"));
    }
    let mut server = TcpStream::connect(addr)?;
    let length = io::copy(&mut file, &mut server)?;
    server.shutdown(Shutdown::Write)?;
    let mut line = String::new();
    BufReader::with_capacity(1, server).read_line(&mut line)?;
    let number = line
        .strip_suffix('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .and_then(|line| line.strip_prefix("received "))
        .and_then(|line| line.strip_suffix(" bytes"));
    match number {
        Some(there) if there == length.to_string() => {
            let mut out = io::stdout();
            writeln!(out, "sent {there} bytes")?;
            out.flush()
        }
        _ => Err(io::Error::other(format!("{length} bytes here, and there {line:?}"))),
    }
}

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let [addr, src] = &args[..]
        && let Some(Ok(addr)) = addr.to_str().map(str::parse)
    {
        let Err(err) = run(addr, src.as_ref()) else { return ExitCode::SUCCESS };
        eprintln!("client: {err}");
        return ExitCode::FAILURE;
    }
    eprintln!("usage: client ADDR SRC");
    ExitCode::from(2)
}
