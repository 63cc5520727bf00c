//! `udp_echo_server` as a process of its own, and real sockets as its peers.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, UdpSocket};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

struct Server {
    child: Child,
    addr: SocketAddr,
    stdout: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let addr = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_udp_echo_server"))
            .arg(addr.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It says on stderr that it waits.
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut String::new()).unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Server { child, addr, stdout }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn peer() -> UdpSocket {
    let peer = UdpSocket::bind("127.0.0.1:0").unwrap();
    peer.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    peer
}

fn echoed(peer: &UdpSocket, server: &Server, bytes: &[u8]) {
    peer.send_to(bytes, server.addr).unwrap();
    let mut buffer = vec![0; 65_535];
    let (length, from) = peer.recv_from(&mut buffer).unwrap();
    assert_eq!(from, server.addr);
    assert!(buffer[..length] == *bytes, "another datagram came back");
}

#[test]
fn each_peer_gets_its_own_back_and_all_are_counted() {
    let mut server = Server::start();
    let (ann, bob) = (peer(), peer());
    echoed(&ann, &server, b"ann");
    echoed(&bob, &server, b"bob says");
    echoed(&ann, &server, b"");
    let (a, b) = (ann.local_addr().unwrap(), bob.local_addr().unwrap());
    assert_eq!(server.line(), format!("#1 from {a}: 3 bytes\n"));
    assert_eq!(server.line(), format!("#2 from {b}: 8 bytes\n"));
    assert_eq!(server.line(), format!("#3 from {a}: 0 bytes\n"));
}

#[test]
fn bytes_are_not_text() {
    let server = Server::start();
    let peer = peer();
    echoed(&peer, &server, &[0xff, 0, b'\r', b'\n', 0xfe]);
    echoed(&peer, &server, b"886");
}

#[test]
fn the_longest_comes_back_whole_and_the_next_is_short_again() {
    let server = Server::start();
    let peer = peer();
    echoed(&peer, &server, &vec![7; 65_507]);
    echoed(&peer, &server, b"short");
}

#[test]
fn a_peer_that_is_gone_harms_nobody() {
    let server = Server::start();
    peer().send_to(b"bye", server.addr).unwrap();
    echoed(&peer(), &server, b"still there?");
}

#[test]
fn a_taken_port_is_exit_1_and_a_bad_address_2() {
    let taken = UdpSocket::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    for (arg, code) in [(addr.as_str(), 1), ("127.0.0.1", 2), ("", 2)] {
        let output = Command::new(env!("CARGO_BIN_EXE_udp_echo_server")).arg(arg).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{arg}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}
