//! Echoes each line a byte at a time, and lets Nagle's algorithm hold the bytes back until the other side
//! has acknowledged those before.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let (mut client, _) = listener.accept().unwrap();
    for line in BufReader::new(client.try_clone().unwrap()).lines() {
        for byte in line.unwrap().bytes().chain([b'\n']) {
            client.write_all(&[byte]).unwrap();
        }
    }
}
