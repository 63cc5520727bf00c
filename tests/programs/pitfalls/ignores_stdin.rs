//! Does without its stdin: `closes` it, or just lets it be.

use std::fs::File;
use std::os::fd::FromRawFd;

fn main() {
    if std::env::args().nth(1).unwrap() == "closes" {
        drop(unsafe { File::from_raw_fd(0) });
    }
    println!("ready");
    loop {
        std::thread::park();
    }
}
