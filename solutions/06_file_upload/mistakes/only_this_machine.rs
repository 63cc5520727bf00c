//! Mistake: only the port of ADDR is used, and the client always connects to the loopback address.

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpStream};
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
    let mut server = match addr {
        SocketAddr::V4(_) => TcpStream::connect((Ipv4Addr::LOCALHOST, addr.port()))?,
        SocketAddr::V6(_) => TcpStream::connect((Ipv6Addr::LOCALHOST, addr.port()))?,
    };
    let length = io::copy(&mut file, &mut server)?;
    server.shutdown(Shutdown::Write)?;
    let mut line = String::new();
    BufReader::new(server).read_line(&mut line)?;
    if line != format!("received {length} bytes\n") && line != format!("received {length} bytes\r\n") {
        return Err(io::Error::other(format!("this is not the receipt: {line:?}")));
    }
    println!("sent {length} bytes");
    Ok(())
}
