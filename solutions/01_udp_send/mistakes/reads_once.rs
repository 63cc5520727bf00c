//! Mistake: calls `read` once, with room for 1,024 bytes, and takes what it gets for the whole line.

use std::env;
use std::io::{self, Read};
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().collect();
    if args.len() != 2 {
        eprintln!("usage: udp_send ADDR");
        return ExitCode::from(2);
    }
    let Ok(target) = args[1].parse::<SocketAddr>() else {
        eprintln!("usage: udp_send ADDR");
        return ExitCode::from(2);
    };
    match run(&args[1], target) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("udp_send: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(given: &str, target: SocketAddr) -> io::Result<()> {
    let mut buffer = [0; 1024];
    let length = io::stdin().read(&mut buffer)?;
    let mut line: Vec<u8> =
        buffer[..length].split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default().to_vec();
    if line.ends_with(b"\n") {
        line.pop();
        if line.ends_with(b"\r") {
            line.pop();
        }
    }
    if line.len() > 65_507 {
        return Err(io::Error::other("the line is too long for a datagram"));
    }
    let socket = UdpSocket::bind(if target.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" })?;
    socket.send_to(&line, target)?;
    println!("sent {} bytes to {given}", line.len());
    Ok(())
}
