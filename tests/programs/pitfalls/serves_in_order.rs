//! Hears one line of each client, in the order of their coming, and keeps everybody connected.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let mut kept = Vec::new();
    for client in listener.incoming() {
        let mut client = BufReader::new(client.unwrap());
        let mut line = String::new();
        client.read_line(&mut line).unwrap();
        client.get_mut().write_all(line.as_bytes()).unwrap();
        kept.push(client);
    }
}
