//! Its child has the connection to the server for its stdin, and it has it too.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::process::Command;

fn main() {
    let mut args = std::env::args().skip(1);
    let addr = args.next().unwrap();
    if args.next().is_some() {
        println!("both have it");
        std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
        return;
    }
    let mut server = TcpStream::connect(&addr).unwrap();
    writeln!(server, "main {}", std::process::id()).unwrap();
    server.read_exact(&mut [0; 3]).unwrap();
    let copy = OwnedFd::from(server.try_clone().unwrap());
    let exe = std::env::current_exe().unwrap();
    Command::new(exe).args([&addr, "child"]).stdin(copy).status().unwrap();
}
