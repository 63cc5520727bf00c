//! Polls a listener and a connection that never block, and closes the listener as soon as it has its client.

use std::net::{SocketAddr, TcpListener};

use tcp_one_liner::{end, hear, patiently, print, say};

fn main() {
    let mut args = std::env::args().skip(1);
    let addr = args.next().and_then(|addr| addr.parse::<SocketAddr>().ok());
    let Some(addr) = addr.filter(|_| args.len() == 0) else {
        eprintln!("usage: server ADDR");
        std::process::exit(2)
    };
    end("server", serve(addr));
}

fn serve(addr: SocketAddr) -> std::io::Result<()> {
    let listener = TcpListener::bind(addr)?;
    listener.set_nonblocking(true)?;
    let (stream, _) = patiently(|| listener.accept())?;
    drop(listener);
    stream.set_nonblocking(true)?;
    say(&stream, b"Welcome to study socket!\n")?;
    let line = hear(&stream)?;
    drop(stream);
    print(&line)
}
