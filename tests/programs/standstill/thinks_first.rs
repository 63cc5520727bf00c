//! Echoes each line when it has thought about it for longer than a standstill lasts.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::time::Duration;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let (mut client, _) = listener.accept().unwrap();
    let mut line = String::new();
    BufReader::new(client.try_clone().unwrap()).read_line(&mut line).unwrap();
    // By a read that has a limit, which no line of /proc tells.
    client.set_read_timeout(Some(Duration::from_millis(900))).unwrap();
    assert!(client.read(&mut [0]).is_err());
    client.write_all(line.as_bytes()).unwrap();
}
