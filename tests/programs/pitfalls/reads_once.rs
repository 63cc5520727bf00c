//! Takes what one read brings for a line.

use std::io::{Read, Write};
use std::net::TcpListener;

fn main() {
    let (mut client, _) = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap().accept().unwrap();
    let mut buffer = [0; 512];
    while let Ok(n @ 1..) = client.read(&mut buffer) {
        let line = String::from_utf8_lossy(&buffer[..n]).trim_end().to_owned();
        writeln!(client, "{line}").unwrap();
    }
}
