//! Reads seven bytes at a time, and writes one at a time, each a segment of its own, to the socket and to a
//! descriptor of its own for stdout.

use std::fs::File;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::AsFd;
use std::process::ExitCode;

use tcp_one_liner::{line_of, trickle};

fn main() -> ExitCode {
    let mut args = std::env::args();
    let (Some(Ok(addr)), None) = (args.nth(1).map(|arg| arg.parse::<SocketAddr>()), args.next()) else {
        eprintln!("usage: server ADDR");
        return ExitCode::from(2);
    };
    serve(addr).map_or_else(
        |error| {
            eprintln!("server: {error}");
            ExitCode::from(1)
        },
        |()| ExitCode::from(0),
    )
}

fn serve(addr: SocketAddr) -> io::Result<()> {
    let mut stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let mut stream = TcpListener::bind(addr)?.accept()?.0;
    stream.set_nodelay(true)?;
    trickle(&mut stream, b"Welcome to study socket!\n", 1)?;
    let mut line = line_of(&mut stream)?;
    line.push(b'\n');
    trickle(&mut stdout, &line, 1)
}
