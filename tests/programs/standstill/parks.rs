//! Says something more after a while: it waits for another thread, for so long and no longer.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::Duration;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let (mut client, _) = listener.accept().unwrap();
    let mut line = String::new();
    BufReader::new(client.try_clone().unwrap()).read_line(&mut line).unwrap();
    client.write_all(line.as_bytes()).unwrap();
    let (_say, hear) = mpsc::channel::<()>();
    if hear.recv_timeout(Duration::from_millis(200)).is_err() {
        client.write_all(b"more\n").unwrap();
    }
    listener.accept().unwrap();
}
