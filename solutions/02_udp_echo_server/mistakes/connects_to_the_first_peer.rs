//! Mistake: connects the socket to the first peer; from then on the kernel drops what others send.

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
    let mut buffer = [0; 65_535];
    let mut count = 0;
    let mut connected = false;
    loop {
        let (length, peer) = socket.recv_from(&mut buffer)?;
        count += 1;
        if !connected {
            socket.connect(peer)?;
            connected = true;
        }
        socket.send(&buffer[..length])?;
        println!("#{count} from {peer}: {length} bytes");
    }
}
