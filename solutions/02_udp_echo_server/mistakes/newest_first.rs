//! Mistake: collects what waits in a `Vec` and answers with `pop`: a stack where a queue is needed.

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
    let mut waiting = Vec::new();
    let mut count = 0;
    loop {
        // Wait for one, then take along all that are there already.
        let (length, peer) = socket.recv_from(&mut buffer)?;
        waiting.push((buffer[..length].to_vec(), peer));
        socket.set_nonblocking(true)?;
        while let Ok((length, peer)) = socket.recv_from(&mut buffer) {
            waiting.push((buffer[..length].to_vec(), peer));
        }
        socket.set_nonblocking(false)?;

        while let Some((datagram, peer)) = waiting.pop() {
            count += 1;
            socket.send_to(&datagram, peer)?;
            println!("#{count} from {peer}: {} bytes", datagram.len());
        }
    }
}
