//! Receives with a timeout of 20 ms and tries again, behind one harmless socket option after another; keeps
//! its answers in an outbox that it empties first.

use std::io::{self, ErrorKind, LineWriter, Write};
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;
use std::time::Duration;

struct Letter {
    peer: SocketAddr,
    bytes: Vec<u8>,
}

fn main() -> ExitCode {
    let addr = {
        let args = std::env::args().skip(1).collect::<Vec<_>>().join("\n");
        // Two arguments make two lines, and two lines are no address.
        args.parse::<SocketAddr>()
    };
    match addr.map(serve) {
        Ok(Ok(never)) => never,
        Ok(Err(error)) => {
            eprintln!("udp_echo_server: {error}");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}; usage: udp_echo_server ADDR");
            ExitCode::from(2)
        }
    }
}

fn serve(addr: SocketAddr) -> io::Result<ExitCode> {
    let socket = UdpSocket::bind(addr)?;
    socket.set_read_timeout(Some(Duration::from_millis(20)))?;
    socket.set_write_timeout(Some(Duration::from_secs(2)))?;
    if addr.is_ipv4() {
        socket.set_ttl(17)?;
        socket.set_broadcast(true)?;
        socket.set_multicast_loop_v4(false)?;
    }
    let mut stdout = LineWriter::with_capacity(3, io::stdout());
    let mut outbox = None;
    let mut count = 0_u64;
    loop {
        if let Some(Letter { peer, bytes }) = outbox.take() {
            count += 1;
            if let Err(error) = socket.send_to(&bytes, peer) {
                eprintln!("lost one for {peer}: {error}");
            }
            write!(stdout, "#{count}")?;
            write!(stdout, " from {peer}")?;
            writeln!(stdout, ": {} bytes", bytes.len())?;
        }
        let mut bytes = vec![0; 65_600];
        match socket.recv_from(&mut bytes) {
            Ok((n, peer)) => {
                bytes.truncate(n);
                outbox = Some(Letter { peer, bytes });
            }
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => {}
                _ => return Err(error),
            },
        }
    }
}
