//! Sends a file to whoever connects: to all at once, or to one after the other.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::thread;

fn main() {
    let mut args = std::env::args().skip(1);
    let listener = TcpListener::bind(args.next().unwrap()).unwrap();
    let at_once = args.next().unwrap() == "at once";
    for client in listener.incoming() {
        let sending = thread::spawn(move || client.unwrap().write_all(&fs::read("big.bin").unwrap()));
        if !at_once {
            sending.join().unwrap().unwrap();
        }
    }
}
