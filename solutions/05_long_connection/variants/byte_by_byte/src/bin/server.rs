//! One long `main`: reads into seven bytes at a time, writes each byte by itself to its own handle of fd 1.

use std::env;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::os::fd::AsFd;
use std::process;

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.len() != 2 {
        eprintln!("usage: server ADDR");
        process::exit(2);
    }
    let Ok(addr) = args[1].parse::<SocketAddr>() else {
        eprintln!("{} is no address\nusage: server ADDR", args[1]);
        process::exit(2);
    };
    let listener = match TcpListener::bind(addr) {
        Ok(listener) => listener,
        Err(err) => {
            eprintln!("cannot listen on {addr}: {err}");
            process::exit(1);
        }
    };
    let mut client = match listener.accept() {
        Ok((client, _)) => client,
        Err(err) => {
            eprintln!("cannot accept: {err}");
            process::exit(1);
        }
    };
    let mut out = match io::stdout().as_fd().try_clone_to_owned() {
        Ok(fd) => File::from(fd),
        Err(err) => {
            eprintln!("no stdout: {err}");
            process::exit(1);
        }
    };
    let mut line: Vec<u8> = Vec::new();
    let mut seven = [0u8; 7];
    loop {
        let count = match client.read(&mut seven) {
            Ok(0) => process::exit(0),
            Ok(count) => count,
            Err(err) if err.kind() == ErrorKind::Interrupted => continue,
            Err(err) if err.kind() == ErrorKind::ConnectionReset => process::exit(0),
            Err(err) => {
                eprintln!("cannot read: {err}");
                process::exit(1);
            }
        };
        for &byte in &seven[..count] {
            if byte != b'\n' {
                line.push(byte);
                continue;
            }
            if line.ends_with(b"\r") {
                line.pop();
            }
            for &byte in line.iter().chain(b"\n") {
                if let Err(err) = out.write_all(&[byte]) {
                    eprintln!("cannot print: {err}");
                    process::exit(1);
                }
            }
            if line == b"886" {
                process::exit(0);
            }
            line.clear();
        }
    }
}
