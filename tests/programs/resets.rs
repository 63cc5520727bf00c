use std::io::Read;
use std::net::TcpListener;

fn main() {
    let addr = std::env::args().nth(1).unwrap();
    let listener = TcpListener::bind(addr).unwrap();
    for client in listener.incoming() {
        // What is closed with something unread in it is reset.
        client.unwrap().read_exact(&mut [0]).unwrap();
    }
}
