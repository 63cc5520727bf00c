//! Mistake: `from_utf8_lossy`. Bytes that are not UTF-8 are neither passed on nor refused: others stand in their place.

use std::env;
use std::io::{self, BufRead};
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
    let mut line = Vec::new();
    io::stdin().lock().read_until(b'\n', &mut line)?;
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
    let text = String::from_utf8_lossy(&line);
    let sent = socket.send_to(text.as_bytes(), target)?;
    println!("sent {sent} bytes to {given}");
    Ok(())
}
