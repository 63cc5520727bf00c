//! `udp_send` as a process of its own, and a real socket as its peer.

use std::io::{ErrorKind, Write};
use std::net::UdpSocket;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn peer(host: &str) -> (UdpSocket, String) {
    let peer = UdpSocket::bind(format!("{host}:0")).unwrap();
    peer.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    let addr = peer.local_addr().unwrap().to_string();
    (peer, addr)
}

fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_udp_send"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may end before it has read all.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn sent(input: &[u8]) -> (String, Vec<u8>) {
    let (peer, addr) = peer("127.0.0.1");
    let output = run(&[&addr], input);
    assert_eq!(output.status.code(), Some(0));
    (String::from_utf8(output.stdout).unwrap(), received(&peer))
}

fn received(peer: &UdpSocket) -> Vec<u8> {
    let mut buffer = vec![0; 65_535];
    let length = peer.recv(&mut buffer).unwrap();
    buffer[..length].to_vec()
}

fn nothing_came(peer: &UdpSocket) {
    peer.set_nonblocking(true).unwrap();
    assert_eq!(peer.recv(&mut [0; 8]).unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[test]
fn one_line_is_one_datagram() {
    let (peer, addr) = peer("127.0.0.1");
    let output = run(&[&addr], b"hello\nsecond\n");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("sent 5 bytes to {addr}\n"));
    assert_eq!(received(&peer), b"hello");
    nothing_came(&peer);
}

#[test]
fn bytes_are_counted_not_characters() {
    let (said, came) = sent("hello 你好\n".as_bytes());
    assert!(said.starts_with("sent 12 bytes to "), "{said}");
    assert_eq!(came, "hello 你好".as_bytes());
}

#[test]
fn only_the_line_end_is_cut_off() {
    for (input, wanted) in
        [(&b"  a \r\n"[..], &b"  a "[..]), (b"a\r\r\n", b"a\r"), (b"a\r", b"a\r"), (b"", b"")]
    {
        assert_eq!(sent(input).1, wanted);
    }
}

#[test]
fn the_longest_goes_and_one_more_does_not() {
    assert_eq!(sent(&vec![b'x'; 65_507]).1.len(), 65_507);
    let (peer, addr) = peer("127.0.0.1");
    let output = run(&[&addr], &vec![b'x'; 65_508]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    nothing_came(&peer);
}

#[test]
fn ipv6_works() {
    let (peer, addr) = peer("[::1]");
    run(&[&addr], b"six\n");
    assert_eq!(received(&peer), b"six");
}

#[test]
fn wrong_arguments_are_exit_2() {
    for args in [&[][..], &["127.0.0.1:7788", "more"], &["127.0.0.1"], &["127.0.0.1:65536"], &[""]] {
        let output = run(args, b"x\n");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty());
    }
}
