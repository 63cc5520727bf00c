//! Polls a connection that never blocks.

use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use tcp_one_liner::{end, hear, print, say};

fn main() {
    let mut args = std::env::args().skip(1);
    let addr = args.next().and_then(|addr| addr.parse::<SocketAddr>().ok());
    let Some(addr) = addr.filter(|_| args.len() == 0) else {
        eprintln!("usage: client ADDR");
        std::process::exit(2)
    };
    end("client", talk(addr));
}

fn talk(addr: SocketAddr) -> std::io::Result<()> {
    let stream = TcpStream::connect_timeout(&addr, Duration::from_secs(20))?;
    stream.set_nonblocking(true)?;
    let line = hear(&stream)?;
    // The answer first: whether it is printed before or after is nobody's concern.
    say(&stream, "收到, 已开始学习, So Easy!\n".as_bytes())?;
    print(&line)
}
