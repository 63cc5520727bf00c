//! A thread takes chunks from the network, another puts them into the file, a third answers; the rest just sits there.

use std::env::args_os;
use std::fs::{File, remove_file, rename};
use std::io::{ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::exit;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

enum Piece {
    Bytes(Vec<u8>),
    End(TcpStream),
    Broken(std::io::Error),
}

fn usage() -> ! {
    eprintln!("usage: server ADDR DEST");
    exit(2)
}

fn main() {
    let mut args = args_os().skip(1);
    let addr = args.next().unwrap_or_else(|| usage()).to_string_lossy().parse().unwrap_or_else(|_| usage());
    let dest = PathBuf::from(args.next().unwrap_or_else(|| usage()));
    if args.next().is_some() {
        usage();
    }
    for _ in 0..4 {
        thread::spawn(|| {
            loop {
                thread::park();
            }
        });
    }
    let (network, pieces) = sync_channel(3);
    let (disk, ends) = sync_channel(0);
    thread::spawn(move || {
        if let Err(err) = receive(addr, &network) {
            let _ = network.send(Piece::Broken(err));
        }
    });
    thread::spawn(move || {
        let _ = disk.send(store(dest, &pieces));
    });
    let receipt = match ends.recv() {
        Ok(Ok((mut client, length))) => {
            let receipt = format!("received {length} bytes\n");
            client.write_all(receipt.as_bytes()).map(|()| receipt)
        }
        Ok(Err(err)) => Err(err),
        Err(_) => Err(ErrorKind::BrokenPipe.into()),
    };
    match receipt.and_then(|receipt| std::io::stdout().write_all(receipt.as_bytes())) {
        Ok(()) => exit(0),
        Err(err) => {
            eprintln!("server: {err}");
            exit(1)
        }
    }
}

fn receive(addr: SocketAddr, network: &SyncSender<Piece>) -> Result<()> {
    let mut client = TcpListener::bind(addr)?.accept()?.0;
    loop {
        let mut chunk = vec![0; 1 << 18];
        let count = match client.read(&mut chunk) {
            Err(err) if err.kind() == ErrorKind::Interrupted => continue,
            other => other?,
        };
        chunk.truncate(count);
        let piece = if count == 0 { Piece::End(client.try_clone()?) } else { Piece::Bytes(chunk) };
        if network.send(piece).is_err() || count == 0 {
            return Ok(());
        }
    }
}

fn store(dest: PathBuf, pieces: &Receiver<Piece>) -> Result<(TcpStream, u64)> {
    let Some(name) = dest.file_name() else { return Err(ErrorKind::InvalidFilename.into()) };
    let part = dest.with_file_name(format!("~{}~{}", std::process::id(), name.display()));
    let mut file = None;
    let result = fill(&part, &mut file, pieces).and_then(|end| {
        if file.is_none() {
            file = Some(File::create_new(&part)?);
        }
        rename(&part, &dest).map(|()| end)
    });
    if result.is_err() && file.is_some() {
        let _ = remove_file(&part);
    }
    result
}

/// The file is only made when there is something to be put into it.
fn fill(part: &PathBuf, file: &mut Option<File>, pieces: &Receiver<Piece>) -> Result<(TcpStream, u64)> {
    let mut length = 0;
    for piece in pieces {
        match piece {
            Piece::Broken(err) => return Err(err),
            Piece::End(client) => return Ok((client, length)),
            Piece::Bytes(bytes) => {
                if file.is_none() {
                    *file = Some(File::create_new(part)?);
                }
                if let Some(file) = file {
                    file.write_all(&bytes)?;
                }
                length += bytes.len() as u64;
            }
        }
    }
    Err(ErrorKind::BrokenPipe.into())
}
