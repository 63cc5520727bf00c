//! Starts a child, tells it to end by closing its stdin, and ends at once itself.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

fn main() {
    let mut args = std::env::args().skip(1);
    let addr = args.next().unwrap();
    let name = args.next().unwrap_or("main".into());
    let mut server = TcpStream::connect(&addr).unwrap();
    writeln!(server, "{name} {}", std::process::id()).unwrap();
    if name == "main" {
        server.read_exact(&mut [0; 3]).unwrap();
        let exe = std::env::current_exe().unwrap();
        let child = Command::new(exe).args([&addr, "child"]).stdin(Stdio::piped()).spawn().unwrap();
        server.read_to_end(&mut Vec::new()).unwrap();
        drop(child);
    } else {
        std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    }
}
