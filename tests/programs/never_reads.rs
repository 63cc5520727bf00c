use std::net::TcpListener;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let _client = listener.accept().unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
}
