//! Writes without end to both streams, and never minds whether anybody reads.

use std::io::Write;

fn main() {
    std::thread::spawn(|| loop {
        let _ = std::io::stderr().write_all(&[b'e'; 4096]);
    });
    loop {
        let _ = std::io::stdout().write_all(&[b'o'; 4096]);
    }
}
