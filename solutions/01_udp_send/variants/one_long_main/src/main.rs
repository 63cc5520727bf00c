//! Everything in one long `main`, which takes its address from `to_socket_addrs` and leaves by `process::exit`.

use std::io::Read;
use std::net::{ToSocketAddrs, UdpSocket};
use std::process::exit;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.len() != 2 {
        eprintln!("usage: udp_send ADDR");
        exit(2);
    }
    let target = match args[1].to_socket_addrs().map(|mut all| all.next()) {
        Ok(Some(target)) => target,
        Ok(None) => {
            eprintln!("usage: udp_send ADDR (this name has no address)");
            exit(2);
        }
        Err(error) => {
            eprintln!("usage: udp_send ADDR ({error})");
            exit(2);
        }
    };
    let mut text = vec![];
    let mut byte = [0];
    let mut input = std::io::stdin().lock();
    loop {
        match input.read(&mut byte) {
            Ok(0) => break,
            Ok(_) if byte[0] == b'\n' => {
                if text.ends_with(b"\r") {
                    text.truncate(text.len() - 1);
                }
                break;
            }
            Ok(_) => text.push(byte[0]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                eprintln!("stdin: {error}");
                exit(1);
            }
        }
    }
    if text.len() > 65_507 {
        eprintln!("{} bytes are too many for one datagram", text.len());
        exit(1);
    }
    let from = if target.is_ipv6() { "[::]:0" } else { "0.0.0.0:0" };
    let done = UdpSocket::bind(from).and_then(|socket| socket.send_to(&text, target));
    if let Err(error) = done {
        eprintln!("{target}: {error}");
        exit(1);
    }
    println!("sent {} bytes to {}", text.len(), args[1]);
    exit(0)
}
