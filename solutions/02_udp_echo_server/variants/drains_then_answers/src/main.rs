//! Takes in all that waits, then prints all the lines in one `write`, then answers them all.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write as _};
use std::net::{SocketAddr, UdpSocket};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args_os();
    let given = args.nth(1).and_then(|arg| arg.into_string().ok());
    let addr: Option<SocketAddr> = given.and_then(|arg| arg.parse().ok());
    match (addr, args.next()) {
        (Some(addr), None) => {
            let Err(error) = serve(addr) else { return ExitCode::SUCCESS };
            eprintln!("udp_echo_server {addr}: {error}");
            ExitCode::FAILURE
        }
        _ => {
            eprintln!("usage: udp_echo_server ADDR");
            2.into()
        }
    }
}

fn serve(addr: SocketAddr) -> io::Result<()> {
    let socket = UdpSocket::bind([addr].as_slice())?;
    let mut count = 0_u32;
    let mut waiting = VecDeque::new();
    loop {
        // The first may take its time, the others must be there already.
        socket.set_nonblocking(!waiting.is_empty())?;
        let mut buffer = vec![0; 70_000];
        match socket.recv_from(&mut buffer) {
            Ok((n, peer)) => {
                buffer.truncate(n);
                waiting.push_back((buffer, peer));
                if waiting.len() < 100 {
                    continue;
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        socket.set_nonblocking(false)?;

        let mut lines = String::new();
        for (bytes, peer) in &waiting {
            count += 1;
            let _ = writeln!(lines, "#{count} from {peer}: {} bytes", bytes.len());
        }
        io::stdout().write_all(lines.as_bytes())?;
        io::stdout().flush()?;
        while let Some((bytes, peer)) = waiting.pop_front() {
            let _ = socket.send_to(&bytes, peer);
        }
    }
}
