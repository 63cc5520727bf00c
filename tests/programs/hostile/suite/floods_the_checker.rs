//! Gigabytes in the place of a line.
use std::io::Write;
use std::net::TcpStream;

fn main() {
    let mut stream = TcpStream::connect(std::env::args().nth(1).unwrap()).unwrap();
    let chunk = vec![b'x'; 1 << 20];
    for _ in 0..4096 {
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    std::thread::park();
}
