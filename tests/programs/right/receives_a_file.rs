use std::fs::File;
use std::io::Write;
use std::net::TcpListener;

fn main() {
    let mut args = std::env::args().skip(1);
    let (mut client, _) = TcpListener::bind(args.next().unwrap()).unwrap().accept().unwrap();
    let mut file = File::create(args.next().unwrap()).unwrap();
    let received = std::io::copy(&mut client, &mut file).unwrap();
    writeln!(client, "{received}").unwrap();
}
