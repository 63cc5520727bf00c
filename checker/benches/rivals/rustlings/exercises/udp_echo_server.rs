// Send every datagram back to where it came from, and print a line about each.
//
// `cargo run --bin udp_echo_server -- 127.0.0.1:7788`

use std::io::{self, ErrorKind, Write};
use std::net::{SocketAddr, UdpSocket};

const BUFFER_SIZE: usize = 65_535;

fn main() {
    let Some(given) = std::env::args().nth(1) else {
        println!("exactly one argument is needed: the address, such as 127.0.0.1:7788");
        return;
    };
    let served = UdpSocket::bind(&given).and_then(|socket| serve(&socket, io::stdout(), u64::MAX));
    if let Err(error) = served {
        eprintln!("udp_echo_server: {error}");
    }
}

/// Serves `most` datagrams, and prints a line about each to `out`.
fn serve(socket: &UdpSocket, mut out: impl Write, most: u64) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER_SIZE];
    for count in 1..=most {
        let (length, peer) = receive(socket, &mut buffer)?;
        if let Err(error) = socket.send_to(&buffer[..length], peer) {
            eprintln!("udp_echo_server: cannot answer {peer}: {error}");
        }
        writeln!(out, "#{count} from {peer}: {length} bytes")?;
        out.flush()?;
    }
    Ok(())
}

/// Waits for the next datagram.
fn receive(socket: &UdpSocket, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
    loop {
        let result = socket.recv_from(buffer);
        match result.as_ref().map_err(io::Error::kind) {
            Err(ErrorKind::Interrupted | ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset) => {}
            _ => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::{self, JoinHandle};
    use std::time::Duration;

    /// A server for so many datagrams, and what it will have printed.
    fn server(most: u64) -> (SocketAddr, JoinHandle<String>) {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let addr = socket.local_addr().unwrap();
        let serving = thread::spawn(move || {
            let mut out = Vec::new();
            serve(&socket, &mut out, most).unwrap();
            String::from_utf8(out).unwrap()
        });
        (addr, serving)
    }

    fn peer() -> UdpSocket {
        let peer = UdpSocket::bind("127.0.0.1:0").unwrap();
        peer.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        peer
    }

    fn echoed(peer: &UdpSocket, server: SocketAddr, bytes: &[u8]) {
        peer.send_to(bytes, server).unwrap();
        let mut buffer = vec![0; BUFFER_SIZE];
        let (length, from) = peer.recv_from(&mut buffer).unwrap();
        assert_eq!(from, server);
        assert!(buffer[..length] == *bytes, "another datagram came back");
    }

    #[test]
    fn each_peer_gets_its_own_back_and_all_are_counted() {
        let (addr, serving) = server(3);
        let (ann, bob) = (peer(), peer());
        echoed(&ann, addr, b"ann");
        echoed(&bob, addr, b"bob says");
        echoed(&ann, addr, b"");
        let (a, b) = (ann.local_addr().unwrap(), bob.local_addr().unwrap());
        let wanted = format!("#1 from {a}: 3 bytes\n#2 from {b}: 8 bytes\n#3 from {a}: 0 bytes\n");
        assert_eq!(serving.join().unwrap(), wanted);
    }

    #[test]
    fn bytes_are_not_text() {
        let (addr, serving) = server(2);
        let peer = peer();
        echoed(&peer, addr, &[0xff, 0, b'\r', b'\n', 0xfe]);
        echoed(&peer, addr, b"886");
        serving.join().unwrap();
    }

    #[test]
    fn the_longest_comes_back_whole_and_the_next_is_short_again() {
        let (addr, serving) = server(2);
        let peer = peer();
        echoed(&peer, addr, &vec![7; 65_507]);
        echoed(&peer, addr, b"short");
        serving.join().unwrap();
    }

    #[test]
    fn a_peer_that_is_gone_harms_nobody() {
        let (addr, serving) = server(2);
        peer().send_to(b"bye", addr).unwrap();
        echoed(&peer(), addr, b"still there?");
        serving.join().unwrap();
    }
}
