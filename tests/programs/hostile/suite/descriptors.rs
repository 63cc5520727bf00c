//! Every descriptor there is, each a socket with its buffers full; then a line that it has not earned.
use std::io::Write;
use std::net::{TcpListener, TcpStream};

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let mut held = Vec::new();
    loop {
        let Ok(mut out) = TcpStream::connect(addr) else { break };
        let Ok((into, _)) = listener.accept() else { break };
        out.set_nonblocking(true).unwrap();
        while out.write(&[7; 65_536]).is_ok() {}
        held.push((out, into));
    }
    assert!(held.len() < 2000, "{} connections", held.len());
    std::process::exit(9);
}
