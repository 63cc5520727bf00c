//! Echoes one byte to one client, and was not told of SO_REUSEADDR, which std's listeners set by themselves.

use std::ffi::{c_int, c_void};
use std::net::SocketAddrV4;

unsafe extern "C" {
    fn socket(domain: c_int, kind: c_int, protocol: c_int) -> c_int;
    fn bind(socket: c_int, address: *const c_void, len: u32) -> c_int;
    fn listen(socket: c_int, backlog: c_int) -> c_int;
    fn accept(socket: c_int, address: *mut c_void, len: *mut u32) -> c_int;
    fn read(file: c_int, buffer: *mut c_void, len: usize) -> isize;
    fn write(file: c_int, buffer: *const c_void, len: usize) -> isize;
}

const AF_INET: u16 = 2;
const SOCK_STREAM: c_int = 1;

fn main() {
    let at: SocketAddrV4 = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut address = [0; 16];
    address[..2].copy_from_slice(&AF_INET.to_ne_bytes());
    address[2..4].copy_from_slice(&at.port().to_be_bytes());
    address[4..8].copy_from_slice(&at.ip().octets());
    unsafe {
        let listener = socket(AF_INET.into(), SOCK_STREAM, 0);
        if bind(listener, address.as_ptr().cast(), 16) != 0 {
            eprintln!("{at}: {}", std::io::Error::last_os_error());
            std::process::exit(1);
        }
        listen(listener, 16);
        let client = accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
        let mut byte = 0u8;
        while read(client, (&raw mut byte).cast(), 1) == 1 {
            write(client, (&raw const byte).cast(), 1);
        }
    }
    loop {
        std::thread::park();
    }
}
