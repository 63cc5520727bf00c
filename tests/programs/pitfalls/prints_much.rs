//! Prints so many MiB, and stays.

use std::io::{self, Write};

fn main() {
    let mib: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut stdout = io::stdout().lock();
    for _ in 0..mib * 16 {
        stdout.write_all(&[b'.'; 65_536]).unwrap();
    }
    eprintln!("printed");
    loop {
        std::thread::park();
    }
}
