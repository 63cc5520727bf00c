//! `multi_client` as a process of its own, and real sockets as its clients.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

struct Server {
    child: Child,
    addr: SocketAddr,
    stdout: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_multi_client"))
            .arg(addr.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Server { child, addr, stdout }
    }

    /// Connects as soon as it listens, and is greeted.
    fn client(&self) -> TcpStream {
        let until = Instant::now() + Duration::from_secs(2);
        let mut stream = loop {
            match TcpStream::connect(self.addr) {
                Ok(stream) => break stream,
                Err(error) => assert!(Instant::now() < until, "{error}"),
            }
            // As such tests are written: that a server listens now, no event tells from outside.
            thread::sleep(Duration::from_millis(5));
        };
        stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        let mut greeting = [0; 25];
        stream.read_exact(&mut greeting).unwrap();
        assert_eq!(&greeting, b"Welcome to study socket!\n");
        stream
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

/// Says a line, and waits until the server has closed.
fn says(mut stream: TcpStream, line: &str) -> SocketAddr {
    let own = stream.local_addr().unwrap();
    stream.write_all(line.as_bytes()).unwrap();
    assert_eq!(stream.read(&mut [0; 8]).unwrap(), 0);
    own
}

#[test]
fn bob_is_served_while_ann_stays_silent() {
    let mut server = Server::start();
    let ann = server.client();
    let bob = says(server.client(), "你好\n");
    assert_eq!(server.line(), format!("{bob}: 你好\n"));
    let ann = says(ann, "I am here too\r\n");
    assert_eq!(server.line(), format!("{ann}: I am here too\n"));
}

#[test]
fn thirty_at_once_in_reverse() {
    let mut server = Server::start();
    let clients: Vec<_> = (0..30).map(|_| server.client()).collect();
    for (number, stream) in clients.into_iter().enumerate().rev() {
        let own = says(stream, &format!("line {number}\n"));
        assert_eq!(server.line(), format!("{own}: line {number}\n"));
    }
}

#[test]
fn a_client_that_leaves_harms_nobody() {
    let mut server = Server::start();
    let mut gone = server.client();
    gone.write_all(b"half").unwrap();
    drop(gone);
    let bob = says(server.client(), "\n");
    assert_eq!(server.line(), format!("{bob}: \n"));
}

#[test]
fn a_taken_port_is_exit_1_and_a_bad_address_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    for (arg, code) in [(addr.as_str(), 1), ("127.0.0.1", 2)] {
        let output = Command::new(env!("CARGO_BIN_EXE_multi_client")).arg(arg).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{arg}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}
