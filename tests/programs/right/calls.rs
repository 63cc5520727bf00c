//! Says one line, prints one line.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

fn main() {
    let mut args = std::env::args().skip(1);
    let mut server = TcpStream::connect(args.next().unwrap()).unwrap();
    writeln!(server, "{}", args.next().unwrap()).unwrap();
    let mut answer = String::new();
    BufReader::new(server).read_line(&mut answer).unwrap();
    print!("{answer}");
}
