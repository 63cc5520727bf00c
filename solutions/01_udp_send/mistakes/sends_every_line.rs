//! Mistake: sends a datagram for every line of the input.

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
    let socket = UdpSocket::bind(if target.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" })?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.len() > 65_507 {
            return Err(io::Error::other("the line is too long for a datagram"));
        }
        socket.send_to(line.as_bytes(), target)?;
        println!("sent {} bytes to {given}", line.len());
    }
    Ok(())
}
