//! Says a short line two hundred times, each when the one before was answered.

use std::io::{Read, Write};
use std::net::TcpStream;

fn main() {
    let mut server = TcpStream::connect(std::env::args().nth(1).unwrap()).unwrap();
    for _ in 0..200 {
        server.write_all(b"a\n").unwrap();
        server.read_exact(&mut [0; 2]).unwrap();
    }
    println!("done");
}
