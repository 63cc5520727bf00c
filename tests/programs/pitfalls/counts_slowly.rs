//! Counts datagrams, and takes a millisecond for each; answers one that is empty with their number.

use std::net::UdpSocket;
use std::thread;
use std::time::Duration;

fn main() {
    let socket = UdpSocket::bind(std::env::args().nth(1).unwrap()).unwrap();
    let mut count = 0;
    loop {
        let (len, from) = socket.recv_from(&mut [0; 64]).unwrap();
        if len == 0 {
            socket.send_to(format!("{count}").as_bytes(), from).unwrap();
        }
        count += 1;
        // To be slower than who sends is what this program is for.
        thread::sleep(Duration::from_millis(1));
    }
}
