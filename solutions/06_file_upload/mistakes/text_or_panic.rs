//! Mistake: a receipt that is not UTF-8 ends in a panic.

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
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
    let mut file = File::open(src)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut server = TcpStream::connect(addr)?;
    let length = io::copy(&mut file, &mut server)?;
    server.shutdown(Shutdown::Write)?;
    let mut line = Vec::new();
    BufReader::new(server).read_until(b'\n', &mut line)?;
    let line = String::from_utf8(line).unwrap();
    if line != format!("received {length} bytes\n") && line != format!("received {length} bytes\r\n") {
        return Err(io::Error::other(format!("this is not the receipt: {line:?}")));
    }
    println!("sent {length} bytes");
    Ok(())
}
