//! One long `main`: no check beforehand, chunks of an odd size, and whatever fails is swept up by hand.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::exit;

fn main() {
    let args: Vec<_> = std::env::args_os().collect();
    let addr: Option<SocketAddr> =
        args.get(1).and_then(|text| text.to_str()).and_then(|text| text.parse().ok());
    let (Some(addr), 3) = (addr, args.len()) else {
        eprintln!("usage: server ADDR DEST");
        exit(2);
    };
    let dest = PathBuf::from(&args[2]);
    let mut client = match TcpListener::bind(addr).and_then(|listener| listener.accept()) {
        Ok((client, _)) => client,
        Err(err) => {
            eprintln!("{addr}: {err}");
            exit(1);
        }
    };
    let mut number = 0;
    let (part, mut file) = loop {
        let mut name = dest.clone().into_os_string();
        name.push(format!(".{number}.part"));
        let part = PathBuf::from(name);
        match OpenOptions::new().write(true).create_new(true).open(&part) {
            Ok(file) => break (part, file),
            Err(err) if err.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(err) => {
                eprintln!("{}: {err}", part.display());
                exit(1);
            }
        }
    };
    let mut chunk = [0; 4093];
    let mut total = 0;
    let failure = loop {
        match client.read(&mut chunk) {
            Ok(0) => break fs::rename(&part, &dest).err(),
            Ok(count) => {
                total += count;
                if let Err(err) = file.write_all(&chunk[..count]) {
                    break Some(err);
                }
            }
            Err(err) if err.kind() == ErrorKind::Interrupted => {}
            Err(err) => break Some(err),
        }
    };
    if let Some(err) = failure {
        let _ = fs::remove_file(&part);
        eprintln!("after {total} bytes: {err}");
        exit(1);
    }
    let receipt = format!("received {total} bytes\n");
    for byte in receipt.as_bytes() {
        if let Err(err) = client.write_all(&[*byte]) {
            eprintln!("no receipt: {err}");
            exit(1);
        }
    }
    print!("{receipt}");
    exit(0);
}
