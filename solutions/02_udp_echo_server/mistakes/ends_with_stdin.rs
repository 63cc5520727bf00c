//! Mistake: waits for a key beside the work, and so ends with stdin.

use std::env;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::process::{self, ExitCode};
use std::thread;

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
    thread::spawn(|| {
        let _ = io::stdin().read_line(&mut String::new());
        process::exit(0);
    });
    let mut buffer = [0; 65_535];
    let mut count = 0;
    loop {
        let (length, peer) = socket.recv_from(&mut buffer)?;
        count += 1;
        socket.send_to(&buffer[..length], peer)?;
        println!("#{count} from {peer}: {length} bytes");
    }
}
