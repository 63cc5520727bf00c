//! `server` and `client` as processes of their own, and a real socket as the other end.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

fn start(program: &str, addr: SocketAddr) -> Child {
    Command::new(program)
        .arg(addr.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Connects as soon as somebody listens.
fn connect(addr: SocketAddr) -> TcpStream {
    let until = Instant::now() + Duration::from_secs(2);
    loop {
        match TcpStream::connect(addr) {
            Ok(stream) => {
                stream.set_nodelay(true).unwrap();
                return stream;
            }
            Err(error) => assert!(Instant::now() < until, "{error}"),
        }
        // As such tests are written: that a server listens now, no event tells from outside.
        thread::sleep(Duration::from_millis(5));
    }
}

/// How the server ends when a client sends these pieces.
fn printed(pieces: &[&[u8]]) -> String {
    let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let child = start(env!("CARGO_BIN_EXE_server"), addr);
    let mut stream = connect(addr);
    for piece in pieces {
        // It may have said goodbye already.
        let _ = stream.write_all(piece);
    }
    let _ = stream.shutdown(Shutdown::Write);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).unwrap()
}

/// How the client ends with this input, and what it has sent.
fn sent(input: &[u8]) -> (Output, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut child = start(env!("CARGO_BIN_EXE_client"), listener.local_addr().unwrap());
    let _ = child.stdin.take().unwrap().write_all(input);
    let mut came = String::new();
    listener.accept().unwrap().0.read_to_string(&mut came).unwrap();
    (child.wait_with_output().unwrap(), came)
}

#[test]
fn lines_are_printed_up_to_the_goodbye() {
    assert_eq!(printed(&[b"hello\r\n8866\n 886\n\n886\nmore\n"]), "hello\n8866\n 886\n\n886\n");
}

#[test]
fn lines_come_in_pieces() {
    assert_eq!(printed(&[b"8", b"8", b"6\nx", b"\n"]), "886\n");
    assert_eq!(printed(&["今".as_bytes(), b"\nhalf"]), "今\n");
}

#[test]
fn ten_thousand_lines() {
    let many = "a line\n".repeat(10_000);
    assert_eq!(printed(&[many.as_bytes()]), many);
}

#[test]
fn the_client_stops_at_its_goodbye() {
    for (input, wanted) in [(&b"a\r\n 886\n886\nmore\n"[..], "a\n 886\n886\n"), (b"no end", "no end\n")] {
        let (output, came) = sent(input);
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stdout.is_empty());
        assert_eq!(came, wanted);
    }
}

#[test]
fn a_server_that_leaves_is_noticed_without_input() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut child = start(env!("CARGO_BIN_EXE_client"), listener.local_addr().unwrap());
    // Kept open: nothing is typed, and the input does not end.
    let _silent = child.stdin.take();
    drop(listener.accept().unwrap());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stderr.is_empty());
}
