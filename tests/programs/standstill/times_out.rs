//! Says something more after a while: its read has a limit of time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::time::Duration;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let (mut client, _) = listener.accept().unwrap();
    let mut line = String::new();
    BufReader::new(client.try_clone().unwrap()).read_line(&mut line).unwrap();
    client.write_all(line.as_bytes()).unwrap();
    client.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    if client.read(&mut [0]).is_err() {
        client.write_all(b"more\n").unwrap();
    }
    listener.accept().unwrap();
}
