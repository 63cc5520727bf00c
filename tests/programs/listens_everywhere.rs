use std::net::{SocketAddr, TcpListener};

fn main() {
    let addr: SocketAddr = std::env::args().nth(1).unwrap().parse().unwrap();
    let listener = TcpListener::bind(("0.0.0.0", addr.port())).unwrap();
    listener.accept().unwrap();
}
