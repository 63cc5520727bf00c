//! Says again each line that one client sends, when it is whole.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

fn main() {
    let (client, _) = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap().accept().unwrap();
    let mut client = BufReader::new(client);
    let mut line = Vec::new();
    while client.read_until(b'\n', &mut line).unwrap() > 0 {
        client.get_mut().write_all(&line).unwrap();
        line.clear();
    }
}
