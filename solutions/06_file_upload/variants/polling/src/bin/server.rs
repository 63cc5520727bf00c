//! One thread that never blocks on the network; the part file is there before the address is bound.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

fn again<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match attempt() {
            Err(err) if err.kind() == ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(1)),
            Err(err) if err.kind() == ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().skip(1).collect();
    let [addr, dest] = args.as_slice() else {
        eprintln!("usage: server ADDR DEST");
        return ExitCode::from(2);
    };
    let Ok(addr) = addr.to_string_lossy().parse::<SocketAddr>() else {
        eprintln!("usage: server ADDR DEST, and not ADDR {addr:?}");
        return ExitCode::from(2);
    };
    match early(addr, Path::new(dest)) {
        Ok(length) => {
            let mut out = io::stdout();
            let told = writeln!(out, "received {length} bytes").and_then(|()| out.flush());
            told.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
        }
        Err(err) => {
            eprintln!("server: {err}");
            ExitCode::FAILURE
        }
    }
}

fn early(addr: SocketAddr, dest: &Path) -> io::Result<usize> {
    if dest.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let folder: PathBuf = dest.parent().unwrap_or(Path::new("")).to_owned();
    let part = folder.join(format!("part-{}", std::process::id()));
    let mut file = File::create_new(&part)?;
    let result = serve(addr, &mut file).and_then(|(length, client)| {
        fs::rename(&part, dest)?;
        Ok((length, client))
    });
    match result {
        Ok((length, mut client)) => {
            let receipt = format!("received {length} bytes\n").into_bytes();
            let mut sent = 0;
            while sent < receipt.len() {
                sent += again(|| client.write(&receipt[sent..]))?;
            }
            Ok(length)
        }
        Err(err) => {
            let _ = fs::remove_file(&part);
            Err(err)
        }
    }
}

fn serve(addr: SocketAddr, file: &mut File) -> io::Result<(usize, TcpStream)> {
    let listener = TcpListener::bind(addr)?;
    listener.set_nonblocking(true)?;
    let (mut client, _) = again(|| listener.accept())?;
    client.set_nonblocking(true)?;
    let mut chunk = vec![0; 99_991];
    let mut length = 0;
    loop {
        let count = again(|| client.read(&mut chunk))?;
        if count == 0 {
            return Ok((length, client));
        }
        file.write_all(&chunk[..count])?;
        length += count;
    }
}
