//! Says something more after a while: it waits for a child process, which sleeps.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let (mut client, _) = listener.accept().unwrap();
    let mut line = String::new();
    BufReader::new(client.try_clone().unwrap()).read_line(&mut line).unwrap();
    client.write_all(line.as_bytes()).unwrap();
    Command::new("sleep").arg("0.2").status().unwrap();
    client.write_all(b"more\n").unwrap();
    listener.accept().unwrap();
}
