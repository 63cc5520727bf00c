//! `async` without a runtime: futures that are polled by hand, every millisecond, byte for byte.

use std::io::{self, Write};
use std::net::{Shutdown, SocketAddr, TcpListener};
use std::process::ExitCode;

use tcp_one_liner::{argument, block_on, read_line, ready, write_line};

fn main() -> ExitCode {
    let Some(addr) = argument() else {
        eprintln!("usage: server ADDR");
        return ExitCode::from(2);
    };
    match block_on(serve(addr)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(addr: SocketAddr) -> io::Result<()> {
    let listener = TcpListener::bind(addr)?;
    listener.set_nonblocking(true)?;
    let (stream, _) = ready(|| listener.accept()).await?;
    stream.set_nonblocking(true)?;
    write_line(&stream, "Welcome to study socket!").await?;
    let line = read_line(&stream).await?;
    // Says goodbye before it prints; if the client has gone already, nobody minds.
    let _ = stream.shutdown(Shutdown::Both);
    io::stdout().write_all(&[&line[..], b"\n"].concat())
}
