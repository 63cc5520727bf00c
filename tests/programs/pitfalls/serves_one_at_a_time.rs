//! Serves each client to its end before the next.

use std::io;
use std::net::TcpListener;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    for client in listener.incoming() {
        let client = client.unwrap();
        io::copy(&mut &client, &mut &client).unwrap();
    }
}
