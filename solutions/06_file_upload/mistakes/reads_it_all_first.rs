//! Mistake: the whole file is read into memory before it is sent.

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [addr, src] = args.as_slice() else {
        eprintln!("usage: client ADDR SRC");
        return ExitCode::from(2);
    };
    let Ok(addr) = addr.parse::<SocketAddr>() else {
        eprintln!("no address: {addr}\nusage: client ADDR SRC");
        return ExitCode::from(2);
    };
    match run(addr, Path::new(src)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("client: {err}");
            ExitCode::FAILURE
        }
    }
}

fn run(addr: SocketAddr, src: &Path) -> io::Result<()> {
    let content = fs::read(src)?;
    let length = content.len();
    let mut server = TcpStream::connect(addr)?;
    server.write_all(&content)?;
    server.shutdown(Shutdown::Write)?;
    let mut line = String::new();
    BufReader::new(server).read_line(&mut line)?;
    let receipt = format!("received {length} bytes");
    if line != format!("{receipt}\n") && line != format!("{receipt}\r\n") {
        return Err(io::Error::other(format!("this is not the receipt: {line:?}")));
    }
    println!("sent {length} bytes");
    Ok(())
}
