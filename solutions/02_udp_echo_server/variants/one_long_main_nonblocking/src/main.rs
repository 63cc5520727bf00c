//! Everything in `main`, on a socket that never blocks: ask, sleep a moment, ask again.

use std::io::ErrorKind;
use std::net::{ToSocketAddrs, UdpSocket};
use std::process::exit;
use std::time::Duration;

fn main() {
    let mut args = std::env::args().skip(1);
    let (given, more) = (args.next(), args.next());
    if given.is_none() || more.is_some() {
        eprintln!("usage: udp_echo_server ADDR");
        exit(2);
    }
    let given = given.unwrap_or_default();
    let addr = match given.to_socket_addrs() {
        Ok(mut all) => all.next(),
        Err(error) => {
            eprintln!("{given:?}: {error}");
            None
        }
    };
    let Some(addr) = addr else {
        eprintln!("usage: udp_echo_server ADDR");
        exit(2);
    };
    let socket = match UdpSocket::bind(addr) {
        Ok(socket) => socket,
        Err(error) => {
            eprintln!("{addr}: {error}");
            exit(1);
        }
    };
    if let Err(error) = socket.set_nonblocking(true) {
        eprintln!("{error}");
        exit(1);
    }
    let mut buffer = vec![0; 2 * 1024 * 1024];
    let mut count = 0;
    'next: loop {
        let (n, peer) = match socket.recv_from(&mut buffer) {
            Ok(got) => got,
            Err(error) => {
                if error.kind() != ErrorKind::WouldBlock {
                    eprintln!("{error}");
                }
                std::thread::sleep(Duration::from_millis(3));
                continue 'next;
            }
        };
        count += 1;
        println!("#{count} from {peer}: {n} bytes");
        loop {
            match socket.send_to(&buffer[..n], peer) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    std::thread::sleep(Duration::from_millis(1));
                }
                Err(error) => {
                    eprintln!("{peer}: {error}");
                    continue 'next;
                }
                Ok(_) => continue 'next,
            }
        }
    }
}
