//! Says something more after a while: a signal comes then, and its handler says it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::fd::AsRawFd;
use std::sync::atomic::{AtomicI32, Ordering};

static CLIENT: AtomicI32 = AtomicI32::new(0);
const SIGALRM: i32 = 14;

unsafe extern "C" {
    fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
    fn setitimer(which: i32, new: *const [i64; 4], old: *mut [i64; 4]) -> i32;
    fn write(fd: i32, bytes: *const u8, count: usize) -> isize;
}

extern "C" fn say_more(_: i32) {
    unsafe { write(CLIENT.load(Ordering::Relaxed), b"more\n".as_ptr(), 5) };
}

fn main() {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap()).unwrap();
    let (mut client, _) = listener.accept().unwrap();
    let mut line = String::new();
    BufReader::new(client.try_clone().unwrap()).read_line(&mut line).unwrap();
    client.write_all(line.as_bytes()).unwrap();
    CLIENT.store(client.as_raw_fd(), Ordering::Relaxed);
    unsafe { signal(SIGALRM, say_more) };
    assert_eq!(unsafe { setitimer(0, &[0, 0, 0, 200_000], std::ptr::null_mut()) }, 0);
    listener.accept().unwrap();
}
