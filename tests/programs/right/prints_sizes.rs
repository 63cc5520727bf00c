//! Prints the size of each read, from a client or from stdin, down to the 0 at the end.

use std::io::{Read, Write};
use std::net::TcpListener;

fn main() {
    let mut input: Box<dyn Read> = match std::env::args().nth(1) {
        Some(addr) => Box::new(TcpListener::bind(addr).unwrap().accept().unwrap().0),
        // Not by way of std's buffer.
        None => Box::new(std::fs::File::open("/dev/stdin").unwrap()),
    };
    let mut buffer = [0; 64];
    loop {
        let n = input.read(&mut buffer).unwrap();
        println!("{n}");
        std::io::stdout().flush().unwrap();
        if n == 0 {
            return;
        }
    }
}
