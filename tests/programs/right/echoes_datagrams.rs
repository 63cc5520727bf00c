use std::net::UdpSocket;

fn main() {
    let socket = UdpSocket::bind(std::env::args().nth(1).unwrap()).unwrap();
    let mut buffer = [0; 2048];
    loop {
        let (len, from) = socket.recv_from(&mut buffer).unwrap();
        socket.send_to(&buffer[..len], from).unwrap();
    }
}
