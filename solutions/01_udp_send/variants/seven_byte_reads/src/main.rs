//! Reads stdin by a descriptor of its own, without std's buffer, seven bytes at a time, and prints with one
//! `write` per byte.

mod line;
mod wire;

use std::fs::File;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args();
    args.next();
    let given = args.next().unwrap_or_default();
    let Ok(target) = given.parse::<SocketAddr>() else { return usage() };
    if args.next().is_some() {
        return usage();
    }
    match go(&given, target) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: udp_send ADDR");
    ExitCode::from(2)
}

fn go(given: &str, target: SocketAddr) -> io::Result<()> {
    let text = line::first(&mut File::from(io::stdin().as_fd().try_clone_to_owned()?))?;
    wire::send(&text, target)?;
    let mut stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    for byte in format!("sent {} bytes to {given}\n", text.len()).bytes() {
        stdout.write_all(&[byte])?;
    }
    Ok(())
}
