//! Itself and two children, each with a connection, until that ends.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

fn main() {
    let mut args = std::env::args().skip(1);
    let addr = args.next().unwrap();
    let name = args.next().unwrap_or("main".into());
    let mut server = TcpStream::connect(&addr).unwrap();
    writeln!(server, "{name} {}", std::process::id()).unwrap();
    if name == "main" {
        let start = |name| Command::new(std::env::current_exe().unwrap()).args([addr.as_str(), name]).spawn().unwrap();
        for mut child in [start("coding"), start("music")] {
            child.wait().unwrap();
        }
        println!("both ended");
    }
    server.read_to_end(&mut Vec::new()).unwrap();
}
