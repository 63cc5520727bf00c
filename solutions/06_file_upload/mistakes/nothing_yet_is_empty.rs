//! Mistake: a reset before the first byte is taken for an empty file.

use std::env;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [addr, dest] = args.as_slice() else {
        eprintln!("usage: server ADDR DEST");
        return ExitCode::from(2);
    };
    let Ok(addr) = addr.parse::<SocketAddr>() else {
        eprintln!("no address: {addr}\nusage: server ADDR DEST");
        return ExitCode::from(2);
    };
    match run(addr, Path::new(dest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("server: {err}");
            ExitCode::FAILURE
        }
    }
}

fn run(addr: SocketAddr, dest: &Path) -> io::Result<()> {
    if dest.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let listener = TcpListener::bind(addr)?;
    let (mut client, _) = listener.accept()?;
    let part = dest.with_file_name(".part");
    let mut file = File::create(&part)?;
    let length = match receive(&mut client, &mut file) {
        Ok(length) => length,
        Err(err) => {
            let _ = fs::remove_file(&part);
            return Err(err);
        }
    };
    fs::rename(&part, dest)?;
    let receipt = format!("received {length} bytes\n");
    client.write_all(receipt.as_bytes())?;
    print!("{receipt}");
    Ok(())
}

fn receive(client: &mut TcpStream, file: &mut File) -> io::Result<u64> {
    let mut chunk = vec![0; 65536];
    let mut length = 0;
    loop {
        let count = match client.read(&mut chunk) {
            Ok(0) => return Ok(length),
            Ok(count) => count,
            Err(_) if length == 0 => return Ok(0),
            Err(err) => return Err(err),
        };
        file.write_all(&chunk[..count])?;
        length += count as u64;
    }
}
