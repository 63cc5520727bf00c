use std::fs::File;
use std::net::TcpStream;

fn main() {
    let mut args = std::env::args().skip(1);
    let mut server = TcpStream::connect(args.next().unwrap()).unwrap();
    let mut file = File::open(args.next().unwrap()).unwrap();
    println!("sending");
    std::io::copy(&mut file, &mut server).unwrap();
    println!("sent");
}
