//! Mistake: takes a NUL for the end of a text, as C does, and cuts it off.

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
    if line.pop_if(|last| *last == b'\n').is_some() {
        line.pop_if(|last| *last == b'\r');
    }
    while line.last() == Some(&0) {
        line.pop();
    }
    if line.len() > 65_507 {
        return Err(io::Error::other("the line is too long for a datagram"));
    }
    let socket = UdpSocket::bind(if target.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" })?;
    socket.send_to(&line, target)?;
    println!("sent {} bytes to {given}", line.len());
    Ok(())
}
