//! Mistake: an error while reading SRC is taken for its end, so a folder is sent as an empty file.

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
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
    let mut server = TcpStream::connect(addr)?;
    let mut chunk = vec![0; 65536];
    let mut length = 0;
    while let Ok(count) = file.read(&mut chunk) {
        if count == 0 {
            break;
        }
        server.write_all(&chunk[..count])?;
        length += count;
    }
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
