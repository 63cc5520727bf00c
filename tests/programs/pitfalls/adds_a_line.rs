//! Echoes all that comes, and says one line more.

use std::io::{self, Write};
use std::net::TcpListener;

fn main() {
    let (mut client, _) = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap().accept().unwrap();
    io::copy(&mut &client, &mut &client).unwrap();
    client.write_all(b"that was all\n").unwrap();
}
