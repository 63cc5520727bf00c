//! Reads with a timeout and tries again, closes stdin at the start and stdout as soon as the line is printed,
//! and sets options on the way.

use std::net::{SocketAddr, TcpStream};
use std::{env, io, process};

fn main() {
    let arguments: Result<Vec<SocketAddr>, _> = env::args().skip(1).map(|arg| arg.parse()).collect();
    process::exit(match arguments.as_deref() {
        Ok(&[addr]) => match talk(addr) {
            Ok(()) => 0,
            Err(error) => {
                eprintln!("client: {error}");
                1
            }
        },
        _ => {
            eprintln!("usage: client ADDR");
            2
        }
    })
}

fn talk(addr: SocketAddr) -> io::Result<()> {
    // SAFETY: called once; `io::stdin` and `io::stdout` are not used.
    let (stdin, stdout) = unsafe { tcp_one_liner::plain_files() };
    drop(stdin);
    let stream = TcpStream::connect(addr)?;
    tcp_one_liner::furnish(&stream)?;
    let line = tcp_one_liner::read_line(&stream)?;
    tcp_one_liner::print(stdout, &line)?;
    io::Write::write_all(&mut &stream, "收到, 已开始学习, So Easy!\n".as_bytes())
}
