//! Prints before it answers, through descriptor 1 as a plain file, with one `write` per byte; and closes stdin
//! first, so that the socket becomes descriptor 0.

use std::fs::File;
use std::io::{self, Write};
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::FromRawFd;
use std::process::exit;

fn main() {
    let mut args = std::env::args().skip(1);
    let addr = args.next().and_then(|addr| addr.parse().ok());
    let Some(addr) = addr.filter(|_| args.next().is_none()) else {
        eprintln!("usage: udp_echo_server ADDR");
        exit(2);
    };
    if let Err(error) = run(addr) {
        eprintln!("udp_echo_server: {error}");
        exit(1);
    }
}

fn run(addr: SocketAddr) -> io::Result<()> {
    // SAFETY: nothing else in this program uses descriptors 0 and 1.
    let (stdin, mut stdout) = unsafe { (File::from_raw_fd(0), File::from_raw_fd(1)) };
    drop(stdin);
    let socket = UdpSocket::bind(addr)?;
    let mut buffer = [0; 65_507];
    let mut number = 0;
    loop {
        let (length, peer) = socket.recv_from(&mut buffer)?;
        number += 1;
        for byte in format!("#{number} from {peer}: {length} bytes\n").into_bytes() {
            stdout.write_all(&[byte])?;
        }
        let _ = socket.send_to(&buffer[..length], peer);
    }
}
