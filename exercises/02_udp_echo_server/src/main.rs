//! Sends every datagram back to where it came from: `udp_echo_server ADDR`.

use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(addr) = parse_arguments() else {
        eprintln!("usage: udp_echo_server ADDR    (127.0.0.1:7788 or [::1]:7788)");
        return ExitCode::from(2);
    };

    match run(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("udp_echo_server: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// The one argument, as an address. `None` if there is none, or more than one, or it is not an
/// address.
fn parse_arguments() -> Option<SocketAddr> {
    // Exercise 01 shows how; write it yourself this time.
    todo!("take the address from the command line")
}

/// Binds `addr` and serves until the program is stopped. Returns only if it cannot go on.
fn run(addr: SocketAddr) -> Result<(), String> {
    // 1. and 2. In Rust one call does what the notes do in two: make the socket, and bind it.
    let socket = UdpSocket::bind(addr).map_err(|error| format!("cannot bind {addr}: {error}"))?;

    // Before the loop: a place to receive into. How long may a datagram be? What is longer than
    // the place is cut off, and nobody tells you.

    // For ever:
    // 3. Wait for a datagram. The call tells you two things; you need both.
    // 4. Send it back: those bytes, no more and no fewer, to whoever sent them.
    // 5. Count it, and print the line that the README asks for.
    todo!("serve on {socket:?}")
}
