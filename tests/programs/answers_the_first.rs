use std::net::UdpSocket;

fn main() {
    let socket = UdpSocket::bind(std::env::args().nth(1).unwrap()).unwrap();
    let mut buffer = [0; 2048];
    let mut friend = None;
    loop {
        let (len, from) = socket.recv_from(&mut buffer).unwrap();
        let friend = *friend.get_or_insert(from);
        socket.send_to(&buffer[..len], friend).unwrap();
    }
}
