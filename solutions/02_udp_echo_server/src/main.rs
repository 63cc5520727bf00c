//! Sends every datagram back to where it came from: `udp_echo_server ADDR`.

use std::env;
use std::io::{self, ErrorKind, Write};
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;

/// No UDP datagram is longer than this: its length field has 16 bits. A datagram that is longer
/// than the buffer would be cut, and its rest thrown away without an error.
const BUFFER_SIZE: usize = 65_535;

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let (Some(given), None) = (args.next(), args.next()) else {
        return usage("exactly one argument is needed");
    };
    let addr: SocketAddr = match given.parse() {
        Ok(addr) => addr,
        Err(error) => return usage(&format!("{given:?} is no address: {error}")),
    };

    match run(addr) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("udp_echo_server: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, and what would be right.
fn usage(problem: &str) -> ExitCode {
    eprintln!("udp_echo_server: {problem}");
    eprintln!("usage: udp_echo_server ADDR    (127.0.0.1:7788 or [::1]:7788)");
    ExitCode::from(2)
}

/// Binds `addr` and serves until the program is stopped. Returns only if it cannot go on.
fn run(addr: SocketAddr) -> Result<(), String> {
    // A client may leave its port to chance, a server may not: the port is how it is found. Two
    // sockets cannot have the same one at the same time, so this fails where it is taken.
    let socket = UdpSocket::bind(addr).map_err(|error| format!("cannot bind {addr}: {error}"))?;
    eprintln!("udp_echo_server: waiting on {addr}, stop me with ctrl-c");

    let mut buffer = vec![0; BUFFER_SIZE];
    let mut count: u64 = 0;
    loop {
        // One call, one datagram, whoever sent it: one socket serves all peers, and the kernel
        // keeps the datagrams in the order in which they arrived. There is no end of stream: a
        // length of 0 is a datagram with nothing in it.
        let (length, peer) =
            receive(&socket, &mut buffer).map_err(|error| format!("cannot receive: {error}"))?;
        count += 1;

        // The buffer keeps what longer datagrams left in it: only its first `length` bytes are
        // this one. Answering through the same socket makes the echo come from the bound port,
        // the only one from which the peer expects an answer.
        if let Err(error) = socket.send_to(&buffer[..length], peer) {
            // Trouble with one peer is no reason to leave the others. And there will be no second
            // try: a datagram may be lost on the way as well, and UDP promises nothing.
            eprintln!("udp_echo_server: cannot answer {peer}: {error}");
        }

        tell(count, peer, length).map_err(|error| format!("cannot write to stdout: {error}"))?;
    }
}

/// Waits for the next datagram.
fn receive(socket: &UdpSocket, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
    loop {
        let result = socket.recv_from(buffer);
        match result.as_ref().map_err(io::Error::kind) {
            // None of these is about the next datagram, so ask again. A signal came first; or an
            // echo sent before found nobody, and the peer's machine said so (ICMP "port
            // unreachable"): Linux tells this only to sockets that have called `connect`, other
            // systems to all of them.
            Err(ErrorKind::Interrupted | ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset) => {}
            _ => return result,
        }
    }
}

/// Prints the line about one datagram. It is flushed, since whoever reads it should not have to
/// wait for the next.
fn tell(count: u64, peer: SocketAddr, length: usize) -> io::Result<()> {
    let mut stdout = io::stdout();
    writeln!(stdout, "#{count} from {peer}: {length} bytes")?;
    stdout.flush()
}
