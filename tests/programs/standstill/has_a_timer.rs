//! Says something more after a while: a descriptor tells of the time, beside the client's in poll(2).

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
    fn timerfd_create(clock: i32, flags: i32) -> i32;
    fn timerfd_settime(fd: i32, flags: i32, new: *const [i64; 4], old: *mut [i64; 4]) -> i32;
}

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let (mut client, _) = listener.accept().unwrap();
    let mut line = String::new();
    BufReader::new(client.try_clone().unwrap()).read_line(&mut line).unwrap();
    client.write_all(line.as_bytes()).unwrap();
    let timer = unsafe { timerfd_create(1, 0) };
    let once = [0, 0, 0, 200_000_000];
    assert_eq!(unsafe { timerfd_settime(timer, 0, &once, std::ptr::null_mut()) }, 0);
    let mut wanted = [timer, client.as_raw_fd()].map(|fd| PollFd { fd, events: 1, revents: 0 });
    unsafe { poll(wanted.as_mut_ptr(), 2, -1) };
    if wanted[0].revents != 0 {
        client.write_all(b"more\n").unwrap();
    }
    listener.accept().unwrap();
}
