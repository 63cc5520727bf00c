//! Answers a hundred clients, but for one, of whom it complains.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let clients: Vec<TcpStream> = listener.incoming().take(100).map(Result::unwrap).collect();
    for (number, mut client) in clients.iter().enumerate() {
        let mut line = String::new();
        BufReader::new(client).read_line(&mut line).unwrap();
        if number == 57 {
            eprintln!("client {number} is not to my liking");
        } else {
            client.write_all(line.as_bytes()).unwrap();
        }
    }
    loop {
        std::thread::park();
    }
}
