// Send one line of text as one UDP datagram.
//
// `cargo run --bin udp_send -- 127.0.0.1:7788` reads the line from stdin.

use std::io::{self, BufRead, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

const MAX_PAYLOAD: usize = 65_507;

fn main() {
    let Some(given) = std::env::args().nth(1) else {
        println!("exactly one argument is needed: the address, such as 127.0.0.1:7788");
        return;
    };
    match run(&given, io::stdin().lock()) {
        Ok(said) => println!("{said}"),
        Err(error) => eprintln!("udp_send: {error}"),
    }
}

/// Sends the first line of `input` to the address, and returns the line to print.
fn run(given: &str, input: impl BufRead) -> io::Result<String> {
    let target: SocketAddr = given.parse().map_err(|error| io::Error::new(ErrorKind::InvalidInput, error))?;
    let message = read_message(input)?;
    if message.len() > MAX_PAYLOAD {
        return Err(io::Error::new(ErrorKind::InvalidInput, "longer than one datagram may be"));
    }
    let sent = send(&message, target)?;
    Ok(format!("sent {sent} bytes to {given}"))
}

/// The first line without its line end, `\n` or `\r\n`.
fn read_message(input: impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    input.take(MAX_PAYLOAD as u64 + 2).read_until(b'\n', &mut line)?;
    if line.pop_if(|last| *last == b'\n').is_some() {
        line.pop_if(|last| *last == b'\r');
    }
    Ok(line)
}

/// Sends one datagram, and returns the number of its bytes.
fn send(message: &[u8], target: SocketAddr) -> io::Result<usize> {
    let any: IpAddr = match target {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    UdpSocket::bind((any, 0))?.send_to(message, target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn peer(host: &str) -> UdpSocket {
        let peer = UdpSocket::bind(format!("{host}:0")).unwrap();
        peer.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        peer
    }

    fn received(peer: &UdpSocket) -> Vec<u8> {
        let mut buffer = vec![0; 65_535];
        let length = peer.recv(&mut buffer).unwrap();
        buffer[..length].to_vec()
    }

    fn sent(input: &[u8]) -> (String, Vec<u8>) {
        let peer = peer("127.0.0.1");
        let said = run(&peer.local_addr().unwrap().to_string(), input).unwrap();
        (said, received(&peer))
    }

    #[test]
    fn one_line_is_one_datagram() {
        let peer = peer("127.0.0.1");
        let addr = peer.local_addr().unwrap().to_string();
        assert_eq!(run(&addr, &b"hello\nsecond\n"[..]).unwrap(), format!("sent 5 bytes to {addr}"));
        assert_eq!(received(&peer), b"hello");
        peer.set_nonblocking(true).unwrap();
        assert_eq!(peer.recv(&mut [0; 8]).unwrap_err().kind(), ErrorKind::WouldBlock);
    }

    #[test]
    fn bytes_are_counted_not_characters() {
        let (said, came) = sent("hello 你好\n".as_bytes());
        assert!(said.starts_with("sent 12 bytes"), "{said}");
        assert_eq!(came, "hello 你好".as_bytes());
    }

    #[test]
    fn only_the_line_end_is_cut_off() {
        assert_eq!(sent(b"  a \r\n").1, b"  a ");
        assert_eq!(sent(b"a\r\r\n").1, b"a\r");
        assert_eq!(sent(b"a\r").1, b"a\r");
        assert_eq!(sent(b"\n").1, b"");
    }

    #[test]
    fn the_longest_goes_and_one_more_does_not() {
        let longest = vec![b'x'; MAX_PAYLOAD];
        assert_eq!(sent(&longest).1.len(), MAX_PAYLOAD);
        let peer = peer("127.0.0.1");
        let addr = peer.local_addr().unwrap().to_string();
        assert!(run(&addr, &vec![b'x'; MAX_PAYLOAD + 1][..]).is_err());
    }

    #[test]
    fn ipv6_works() {
        let peer = peer("[::1]");
        run(&peer.local_addr().unwrap().to_string(), &b"six\n"[..]).unwrap();
        assert_eq!(received(&peer), b"six");
    }

    #[test]
    fn a_bad_address_is_refused() {
        for bad in ["127.0.0.1", "127.0.0.1:65536", "hello", ""] {
            assert!(run(bad, &b"x\n"[..]).is_err(), "{bad}");
        }
    }
}
