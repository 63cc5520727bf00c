//! One IPv6 socket for both families: an IPv4 target is reached by its IPv4-mapped address, where the system
//! lets it.

use std::io::{self, BufRead, BufReader};
use std::net::{SocketAddr, UdpSocket};
use std::process::{ExitCode, exit};

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let given = args.next().unwrap_or_else(|| usage("no address"));
    if let Some(more) = args.next() {
        usage(&format!("what is {more:?} for?"));
    }
    let target = given.parse().unwrap_or_else(|error| usage(&format!("{given:?}: {error}")));
    match first_line().and_then(|text| send(&text, target)) {
        Ok(n) => {
            println!("sent {n} bytes to {given}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("udp_send: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage(why: &str) -> ! {
    eprintln!("udp_send: {why}");
    eprintln!("usage: udp_send ADDR");
    exit(2)
}

fn first_line() -> io::Result<Vec<u8>> {
    // Two bytes of buffer, on top of the one that stdin has.
    let mut input = BufReader::with_capacity(2, io::stdin());
    let mut text = Vec::new();
    if input.read_until(b'\n', &mut text)? > 0 && text.ends_with(b"\n") {
        let end = if text.ends_with(b"\r\n") { 2 } else { 1 };
        text.truncate(text.len() - end);
    }
    Ok(text)
}

fn send(text: &[u8], target: SocketAddr) -> io::Result<usize> {
    if text.len() > 65_507 {
        return Err(io::Error::other(format!("{} bytes are no datagram", text.len())));
    }
    let mapped = match target {
        SocketAddr::V4(v4) => SocketAddr::from((v4.ip().to_ipv6_mapped(), v4.port())),
        v6 => v6,
    };
    match UdpSocket::bind("[::]:0").and_then(|socket| socket.send_to(text, mapped)) {
        // No IPv6 here, or not for such addresses.
        Err(_) if target.is_ipv4() => UdpSocket::bind("0.0.0.0:0")?.send_to(text, target),
        result => result,
    }
}
