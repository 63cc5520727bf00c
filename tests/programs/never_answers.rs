use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};

fn main() {
    let addr = std::env::args().nth(1).unwrap();
    let listener = TcpListener::bind(addr).unwrap();
    for client in listener.incoming() {
        talk(client.unwrap());
    }
}

fn line(client: &TcpStream) -> String {
    let mut line = String::new();
    BufReader::new(client).read_line(&mut line).unwrap();
    line
}

fn talk(client: TcpStream) {
    line(&client);
    line(&client);
}
