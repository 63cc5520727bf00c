//! Owns descriptors 0 and 1 as plain files, and closes stdin before there is a socket, so that the socket
//! becomes descriptor 0.

use std::fs::File;
use std::io::{self, Read, Write};
use std::mem::ManuallyDrop;
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::FromRawFd;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().collect();
    let given = if args.len() == 2 { args.pop() } else { None };
    let target = given.as_ref().and_then(|given| given.parse::<SocketAddr>().ok());
    let (Some(given), Some(target)) = (given, target) else {
        eprintln!("usage: udp_send ADDR");
        return ExitCode::from(2);
    };
    if let Err(error) = run(&given, target) {
        eprintln!("udp_send: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn run(given: &str, target: SocketAddr) -> io::Result<()> {
    // SAFETY: nothing else in this program uses descriptors 0 and 1: `io::stdin` and `io::stdout` do not
    // appear in it.
    let (stdin, stdout) = unsafe { (File::from_raw_fd(0), File::from_raw_fd(1)) };
    let text = line(stdin)?;
    if text.len() > 65_507 {
        return Err(io::Error::other("too long for one datagram"));
    }
    let socket = UdpSocket::bind(if target.is_ipv6() { "[::]:0" } else { "0.0.0.0:0" })?;
    let n = socket.send_to(&text, target)?;
    // Left open at the end: descriptor 0 is not this program's to leave empty.
    let _socket = ManuallyDrop::new(socket);
    { stdout }.write_all(format!("sent {n} bytes to {given}\n").as_bytes())
}

/// Reads in large pieces, and closes the file whatever else may be waiting in it.
fn line(mut file: File) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; 2 << 20];
    let mut filled = 0;
    loop {
        if filled == buffer.len() {
            return Err(io::Error::other("a line without end"));
        }
        let n = file.read(&mut buffer[filled..])?;
        let end = buffer[filled..filled + n].iter().position(|&byte| byte == b'\n');
        if let Some(end) = end.map(|end| filled + end) {
            let end = if end > 0 && buffer[end - 1] == b'\r' { end - 1 } else { end };
            buffer.truncate(end);
            return Ok(buffer);
        }
        filled += n;
        if n == 0 {
            buffer.truncate(filled);
            return Ok(buffer);
        }
    }
}
