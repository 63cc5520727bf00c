//! Lets six clients wait to be accepted. With `late` it begins to accept when the kernel has turned one away.
//! Without, it never does.

use std::ffi::{c_int, c_void};
use std::net::TcpListener;
use std::os::fd::AsRawFd;
use std::thread;
use std::time::Duration;

unsafe extern "C" {
    fn listen(socket: c_int, backlog: c_int) -> c_int;
    fn getsockopt(socket: c_int, level: c_int, name: c_int, value: *mut c_void, len: *mut u32) -> c_int;
}

const SOL_SOCKET: c_int = 1;
const SO_MEMINFO: c_int = 55;
/// `SK_MEMINFO_DROPS` of linux/sock_diag.h.
const DROPS: usize = 8;

fn has_turned_one_away(listener: &TcpListener) -> bool {
    let mut info = [0u32; 9];
    let mut len = size_of_val(&info) as u32;
    let fd = listener.as_raw_fd();
    assert_eq!(unsafe { getsockopt(fd, SOL_SOCKET, SO_MEMINFO, info.as_mut_ptr().cast(), &raw mut len) }, 0);
    info[DROPS] > 0
}

fn main() {
    let mut args = std::env::args().skip(1);
    let listener = TcpListener::bind(args.next().unwrap()).unwrap();
    assert_eq!(unsafe { listen(listener.as_raw_fd(), 5) }, 0);
    let mut clients = Vec::new();
    if args.next().is_some() {
        while !has_turned_one_away(&listener) {
            // The kernel counts what it turned away, and sends no event.
            thread::sleep(Duration::from_millis(1));
        }
        clients.extend(listener.incoming().take(100));
        println!("{} clients", clients.len());
    }
    loop {
        thread::park();
    }
}
