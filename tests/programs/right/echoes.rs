//! Echoes to many clients at a time; tells each, at its end, how much that was, and us, who ended how.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    loop {
        let (client, from) = listener.accept().unwrap();
        thread::spawn(move || talk(client, from));
    }
}

fn talk(mut client: TcpStream, from: SocketAddr) {
    let mut total = 0;
    let mut buffer = [0; 4096];
    loop {
        match client.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => {
                total += n;
                client.write_all(&buffer[..n]).unwrap();
            }
            Err(_) => return println!("{from} reset"),
        }
    }
    let _ = write!(client, "that was {} + 1 bytes", total.saturating_sub(1));
    drop(client);
    println!("{from} ended");
}
