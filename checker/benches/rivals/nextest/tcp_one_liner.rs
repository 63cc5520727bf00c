//! `server` and `client` as processes of their own, and a real socket as the other end.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const GREETING: &[u8] = b"Welcome to study socket!\n";

fn start(program: &str, addr: &str) -> Child {
    Command::new(program).arg(addr).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Connects as soon as somebody listens.
fn connect(addr: SocketAddr) -> TcpStream {
    let until = Instant::now() + Duration::from_secs(2);
    loop {
        match TcpStream::connect(addr) {
            Ok(stream) => {
                stream.set_nodelay(true).unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
                return stream;
            }
            Err(error) => assert!(Instant::now() < until, "{error}"),
        }
        // As such tests are written: that a server listens now, no event tells from outside.
        thread::sleep(Duration::from_millis(5));
    }
}

fn served(client: impl FnOnce(&mut TcpStream)) -> Output {
    let addr = free_address();
    let child = start(env!("CARGO_BIN_EXE_server"), &addr.to_string());
    let mut stream = connect(addr);
    let mut greeting = [0; 25];
    stream.read_exact(&mut greeting).unwrap();
    assert_eq!(greeting, GREETING);
    client(&mut stream);
    drop(stream);
    child.wait_with_output().unwrap()
}

/// How the client ends when a server sends these pieces, and what it has sent.
fn answered(pieces: &[&[u8]]) -> (Output, Vec<u8>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let child = start(env!("CARGO_BIN_EXE_client"), &listener.local_addr().unwrap().to_string());
    let (mut stream, _) = listener.accept().unwrap();
    stream.set_nodelay(true).unwrap();
    for piece in pieces {
        stream.write_all(piece).unwrap();
    }
    stream.shutdown(Shutdown::Write).unwrap();
    let mut sent = Vec::new();
    stream.read_to_end(&mut sent).unwrap();
    (child.wait_with_output().unwrap(), sent)
}

#[test]
fn a_line_is_printed_without_its_end() {
    let output = served(|client| client.write_all("你好\r\n".as_bytes()).unwrap());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, "你好\n".as_bytes());
}

#[test]
fn a_line_in_pieces_is_one_line() {
    let output = served(|client| {
        for byte in "收到\n".as_bytes().chunks(1) {
            client.write_all(byte).unwrap();
        }
    });
    assert_eq!(output.stdout, "收到\n".as_bytes());
}

#[test]
fn half_a_line_is_no_line() {
    let output = served(|client| client.write_all(b"half").unwrap());
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
}

#[test]
fn the_client_prints_and_answers() {
    let (output, sent) = answered(&[b"Wel", b"come\r", b"\nmore"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, b"Welcome\n");
    assert_eq!(sent, "收到, 已开始学习, So Easy!\n".as_bytes());
}

#[test]
fn a_server_that_hangs_up_is_an_error() {
    let (output, sent) = answered(&[b"Wel"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && sent.is_empty());
}

#[test]
fn nobody_listens_is_exit_1_and_a_bad_address_2() {
    let free = free_address().to_string();
    for (arg, code) in [(free.as_str(), 1), ("127.0.0.1", 2)] {
        let output = start(env!("CARGO_BIN_EXE_client"), arg).wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        assert!(!output.stderr.is_empty());
    }
}
