use std::io::Write;
use std::net::TcpListener;

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let (mut client, _) = listener.accept().unwrap();
    drop(listener);
    client.write_all(b"welcome\n").unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
}
