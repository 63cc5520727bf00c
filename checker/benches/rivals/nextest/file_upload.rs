//! `server` and `client` as processes of their own: with each other, and with a real socket.

use std::fs;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

fn start(program: &str, addr: SocketAddr, file: &Path) -> Child {
    Command::new(program)
        .arg(addr.to_string())
        .arg(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn connect(addr: SocketAddr) -> TcpStream {
    let until = Instant::now() + Duration::from_secs(2);
    loop {
        match TcpStream::connect(addr) {
            Ok(stream) => return stream,
            Err(error) => assert!(Instant::now() < until, "{error}"),
        }
        // As such tests are written: that a server listens now, no event tells from outside.
        thread::sleep(Duration::from_millis(5));
    }
}

/// Passes what comes from `from` on to `to`, and the answer back: a server serves one client, so the client
/// is only started when it listens.
fn relay(from: TcpListener, to: SocketAddr) {
    let server = connect(to);
    let (client, _) = from.accept().unwrap();
    io::copy(&mut &client, &mut &server).unwrap();
    server.shutdown(std::net::Shutdown::Write).unwrap();
    io::copy(&mut &server, &mut &client).unwrap();
}

/// A folder of the test's own, that goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("file_upload-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn there_and_back(name: &str, content: &[u8]) {
    let folder = Folder::new(name);
    let (src, dest) = (folder.file("src"), folder.file("dest"));
    fs::write(&src, content).unwrap();
    let addr = free_address();
    let server = start(env!("CARGO_BIN_EXE_server"), addr, &dest);
    let between = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = start(env!("CARGO_BIN_EXE_client"), between.local_addr().unwrap(), &src);
    relay(between, addr);
    for (child, said) in [(server, "received"), (client, "sent")] {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{said} {} bytes\n", content.len()));
    }
    assert!(fs::read(&dest).unwrap() == content, "the file has changed on its way");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 2, "something was left behind");
}

#[test]
fn small_and_empty_files_arrive() {
    there_and_back("small", "红凤凰\r\n\0".as_bytes());
    there_and_back("empty", b"");
}

#[test]
fn eight_mebibytes_arrive() {
    let content: Vec<u8> = (0..8 * 1024 * 1024u32).map(|n| (n ^ (n >> 8)) as u8).collect();
    there_and_back("large", &content);
}

#[test]
fn a_wrong_receipt_is_an_error() {
    for receipt in ["received 4 bytes\n", "received 5 bytes", "", "ok\n"] {
        let folder = Folder::new("receipt");
        fs::write(folder.file("src"), "12345").unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let client = start(env!("CARGO_BIN_EXE_client"), addr, &folder.file("src"));
        let (mut stream, _) = listener.accept().unwrap();
        io::copy(&mut &stream, &mut io::sink()).unwrap();
        stream.write_all(receipt.as_bytes()).unwrap();
        drop(stream);
        let output = client.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{receipt:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}

#[test]
fn a_missing_source_or_folder_is_exit_1() {
    let folder = Folder::new("missing");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client =
        start(env!("CARGO_BIN_EXE_client"), listener.local_addr().unwrap(), &folder.file("no such file"));
    assert_eq!(client.wait_with_output().unwrap().status.code(), Some(1));
    let addr = free_address();
    let server = start(env!("CARGO_BIN_EXE_server"), addr, &folder.file("no such folder/dest"));
    drop(connect(addr));
    assert_eq!(server.wait_with_output().unwrap().status.code(), Some(1));
}
