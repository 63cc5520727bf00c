//! Mistake: every client that comes is served, and whoever is done first fills DEST.

use std::env;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{self, ExitCode};
use std::thread;

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
    for number in 0.. {
        let (client, _) = listener.accept()?;
        let part = dest.with_file_name(format!(".part-{number}"));
        let dest = dest.to_owned();
        thread::spawn(move || match store(client, &part, &dest) {
            Ok(()) => process::exit(0),
            Err(err) => {
                let _ = fs::remove_file(&part);
                eprintln!("server: {err}");
                process::exit(1);
            }
        });
    }
    Ok(())
}

fn store(mut client: TcpStream, part: &Path, dest: &Path) -> io::Result<()> {
    let mut file = File::create(part)?;
    let length = receive(&mut client, &mut file)?;
    fs::rename(part, dest)?;
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
            Err(err) => return Err(err),
        };
        file.write_all(&chunk[..count])?;
        length += count as u64;
    }
}
