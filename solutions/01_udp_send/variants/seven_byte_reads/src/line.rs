//! The first line of a stream, in pieces of seven bytes at most.

use std::io::{ErrorKind, Read, Result};

pub fn first(stream: &mut impl Read) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    let mut piece = [0; 7];
    loop {
        let n = match stream.read(&mut piece) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            other => other?,
        };
        if n == 0 {
            return Ok(all);
        }
        for &byte in &piece[..n] {
            if byte != b'\n' {
                all.push(byte);
                continue;
            }
            if all.last() == Some(&b'\r') {
                all.pop();
            }
            return Ok(all);
        }
    }
}
