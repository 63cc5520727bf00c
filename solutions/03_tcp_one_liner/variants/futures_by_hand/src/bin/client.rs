//! `async` without a runtime: futures that are polled by hand, every millisecond, byte for byte.

use std::io::{self, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::ExitCode;

use tcp_one_liner::{argument, block_on, read_line, write_line};

fn main() -> ExitCode {
    let Some(addr) = argument() else {
        eprintln!("usage: client ADDR");
        return ExitCode::from(2);
    };
    match block_on(talk(addr)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("client: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn talk(addr: SocketAddr) -> io::Result<()> {
    let stream = TcpStream::connect(addr)?;
    stream.set_nonblocking(true)?;
    let line = read_line(&stream).await?;
    io::stdout().write_all(&[&line[..], b"\n"].concat())?;
    // Nothing more to hear. (If the server has gone by now, there is nothing to shut either.)
    let _ = stream.shutdown(Shutdown::Read);
    write_line(&stream, "收到, 已开始学习, So Easy!").await?;
    let _ = stream.shutdown(Shutdown::Write);
    Ok(())
}
