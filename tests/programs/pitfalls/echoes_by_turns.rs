//! Echoes with one thread: while its answer is not taken, it reads nothing.

use std::io;
use std::net::TcpListener;

fn main() {
    let (client, _) = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap().accept().unwrap();
    let (mut from, mut to) = (&client, &client);
    let mut buffer = [0; 8192];
    while let Ok(n @ 1..) = io::Read::read(&mut from, &mut buffer) {
        io::Write::write_all(&mut to, &buffer[..n]).unwrap();
    }
}
