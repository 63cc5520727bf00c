//! Reads with a timeout and tries again, closes stdin at the start and stdout as soon as the line is printed,
//! and sets options on the way.

use std::net::{SocketAddr, TcpListener};
use std::{env, io, process};

fn main() {
    let arguments: Result<Vec<SocketAddr>, _> = env::args().skip(1).map(|arg| arg.parse()).collect();
    process::exit(match arguments.as_deref() {
        Ok(&[addr]) => match serve(addr) {
            Ok(()) => 0,
            Err(error) => {
                eprintln!("server: {error}");
                1
            }
        },
        _ => {
            eprintln!("usage: server ADDR");
            2
        }
    })
}

fn serve(addr: SocketAddr) -> io::Result<()> {
    // SAFETY: called once; `io::stdin` and `io::stdout` are not used.
    let (stdin, stdout) = unsafe { tcp_one_liner::plain_files() };
    drop(stdin);
    let listener = TcpListener::bind(addr)?;
    listener.set_ttl(99)?;
    let stream = listener.incoming().next().unwrap_or_else(|| Err(io::ErrorKind::NotConnected.into()))?;
    tcp_one_liner::furnish(&stream)?;
    io::Write::write_all(&mut &stream, b"Welcome to study socket!\n")?;
    let line = tcp_one_liner::read_line(&stream)?;
    tcp_one_liner::print(stdout, &line)
}
