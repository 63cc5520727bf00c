//! Serves all clients at once, each slowly.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    for client in listener.incoming() {
        thread::spawn(move || talk(client.unwrap()));
    }
}

fn talk(mut client: TcpStream) {
    let mut buffer = [0; 512];
    while let Ok(n @ 1..) = client.read(&mut buffer) {
        // To answer late, although in time, is what this program is for.
        thread::sleep(Duration::from_millis(300));
        client.write_all(&buffer[..n]).unwrap();
    }
}
