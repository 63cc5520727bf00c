use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::thread;

fn talk(addr: &str, name: &str) {
    let mut server = TcpStream::connect(addr).unwrap();
    server.write_all(format!("{name} {}\n", std::process::id()).as_bytes()).unwrap();
    BufReader::new(server.try_clone().unwrap()).read_line(&mut String::new()).unwrap();
    thread::spawn(move || BufReader::new(server).read_line(&mut String::new()).unwrap());
}

fn main() {
    let addr = std::env::args().nth(1).unwrap();
    talk(&addr, "main");
    talk(&addr, "child");
    std::io::stdin().read_line(&mut String::new()).unwrap();
}
