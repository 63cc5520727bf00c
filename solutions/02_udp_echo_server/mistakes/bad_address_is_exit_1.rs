//! Mistake: treats a bad address like any other failure, with exit code 1 instead of 2.

use std::env;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().collect();
    if args.len() != 2 {
        eprintln!("usage: udp_echo_server ADDR");
        return ExitCode::from(2);
    }
    match serve(&args[1]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("udp_echo_server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(given: &str) -> io::Result<()> {
    let addr: SocketAddr = given.parse().map_err(io::Error::other)?;
    let socket = UdpSocket::bind(addr)?;
    let mut buffer = [0; 65_535];
    let mut count = 0;
    loop {
        let (length, peer) = socket.recv_from(&mut buffer)?;
        count += 1;
        socket.send_to(&buffer[..length], peer)?;
        println!("#{count} from {peer}: {length} bytes");
    }
}
