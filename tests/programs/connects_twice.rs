use std::net::TcpStream;

fn main() {
    let addr = std::env::args().nth(1).unwrap();
    let _first = TcpStream::connect(&addr).unwrap();
    let _second = TcpStream::connect(&addr).unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
}
