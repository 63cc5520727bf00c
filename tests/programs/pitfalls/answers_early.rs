//! Answers the first byte, and leaves the others unread.

use std::io::{Read, Write};
use std::net::TcpListener;

fn main() {
    let (mut client, _) = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap().accept().unwrap();
    client.read_exact(&mut [0]).unwrap();
    client.write_all(b"no room for more\n").unwrap();
}
