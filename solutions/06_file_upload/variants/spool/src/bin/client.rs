//! Asks for the length first, reads at positions, and sends two chunks with one call.

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, IoSlice, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HALF: usize = 50_001;

fn main() -> ExitCode {
    let args: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let addr = args.first().and_then(|addr| addr.to_str()).and_then(|addr| addr.parse().ok());
    let (Some(addr), 2) = (addr, args.len()) else {
        eprintln!("usage: client ADDR SRC");
        return ExitCode::from(2);
    };
    match upload(addr, &args[1]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("client: {err}");
            ExitCode::FAILURE
        }
    }
}

fn upload(addr: SocketAddr, src: &Path) -> io::Result<()> {
    let about = src.metadata()?;
    if about.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let file = File::open(src)?;
    let mut server = TcpStream::connect(addr)?;
    let (mut left, mut right) = (vec![0; HALF], vec![0; HALF]);
    let mut sent = 0;
    while sent < about.len() {
        let first = file.read_at(&mut left, sent)?;
        if first == 0 {
            return Err(io::Error::other("the file has become shorter"));
        }
        let second = file.read_at(&mut right, sent + first as u64)?;
        // The kernel may take less than both. What it has not taken is read again in the next round.
        sent +=
            server.write_vectored(&[IoSlice::new(&left[..first]), IoSlice::new(&right[..second])])? as u64;
    }
    server.shutdown(Shutdown::Write)?;
    let mut answer = Vec::new();
    BufReader::new(server).read_until(b'\n', &mut answer)?;
    let wanted = format!("received {sent} bytes");
    // One of two endings, and nothing else.
    if [format!("{wanted}\n"), format!("{wanted}\r\n")].iter().all(|good| good.as_bytes() != answer) {
        return Err(io::Error::other(format!("not {wanted:?} but {:?}", String::from_utf8_lossy(&answer))));
    }
    println!("sent {sent} bytes");
    Ok(())
}
