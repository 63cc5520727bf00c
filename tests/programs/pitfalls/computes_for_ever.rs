//! Adds a byte to the file that is its argument, and computes for ever.

use std::fs::OpenOptions;
use std::io::Write;

fn main() {
    let file = std::env::args().nth(1).unwrap();
    OpenOptions::new().append(true).open(file).unwrap().write_all(b".").unwrap();
    loop {
        std::hint::spin_loop();
    }
}
