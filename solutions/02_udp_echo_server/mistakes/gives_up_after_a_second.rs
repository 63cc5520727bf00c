//! Mistake: takes a second without a datagram for the end.

use std::env;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().collect();
    if args.len() != 2 {
        eprintln!("usage: udp_echo_server ADDR");
        return ExitCode::from(2);
    }
    let Ok(addr) = args[1].parse::<SocketAddr>() else {
        eprintln!("usage: udp_echo_server ADDR");
        return ExitCode::from(2);
    };
    match serve(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("udp_echo_server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(addr: SocketAddr) -> io::Result<()> {
    let socket = UdpSocket::bind(addr)?;
    socket.set_read_timeout(Some(Duration::from_secs(1)))?;
    let mut buffer = [0; 65_535];
    let mut count = 0;
    loop {
        let (length, peer) = socket.recv_from(&mut buffer)?;
        count += 1;
        socket.send_to(&buffer[..length], peer)?;
        println!("#{count} from {peer}: {length} bytes");
    }
}
