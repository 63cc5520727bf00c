//! Says something more after a while: poll(2) with a limit of time.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::fd::AsRawFd;

#[repr(C)]
struct PollFd {
    fd: i32,
    events: i16,
    revents: i16,
}

unsafe extern "C" {
    fn poll(fds: *mut PollFd, count: u64, millis: i32) -> i32;
}

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let (mut client, _) = listener.accept().unwrap();
    let mut line = String::new();
    BufReader::new(client.try_clone().unwrap()).read_line(&mut line).unwrap();
    client.write_all(line.as_bytes()).unwrap();
    let mut wanted = PollFd { fd: client.as_raw_fd(), events: 1, revents: 0 };
    if unsafe { poll(&mut wanted, 1, 200) } == 0 {
        client.write_all(b"more\n").unwrap();
    }
    listener.accept().unwrap();
}
