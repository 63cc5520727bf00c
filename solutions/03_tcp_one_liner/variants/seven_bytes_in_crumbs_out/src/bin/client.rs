//! Reads seven bytes at a time, and writes one at a time to a descriptor of its own for stdout, two at a time, each a
//! segment of its own, to the socket.
//!
//! Of single bytes the end of the answer could be lost: what follows the line lies unread when this program ends,
//! so the kernel resets the connection, and sends nothing that it held back until then. It holds back what goes
//! beyond the sixteen segments that are acknowledged at once, and a first congestion window of ten.

use std::fs::File;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::os::fd::AsFd;
use std::process::ExitCode;

use tcp_one_liner::{line_of, trickle};

fn main() -> ExitCode {
    let mut args = std::env::args();
    let (Some(Ok(addr)), None) = (args.nth(1).map(|arg| arg.parse::<SocketAddr>()), args.next()) else {
        eprintln!("usage: client ADDR");
        return ExitCode::from(2);
    };
    talk(addr).map_or_else(
        |error| {
            eprintln!("client: {error}");
            ExitCode::from(1)
        },
        |()| ExitCode::from(0),
    )
}

fn talk(addr: SocketAddr) -> io::Result<()> {
    let mut stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let mut stream = TcpStream::connect(addr)?;
    stream.set_nodelay(true)?;
    let mut line = line_of(&mut stream)?;
    line.push(b'\n');
    trickle(&mut stdout, &line, 1)?;
    trickle(&mut stream, "收到, 已开始学习, So Easy!\n".as_bytes(), 2)
}
