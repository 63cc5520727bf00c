//! Copies a file, and mangles what it is told to mangle.

use std::fs;

fn main() {
    let mangle = std::env::args().nth(1).unwrap();
    let bytes = fs::read("source.bin").unwrap();
    let parts = |at: &[u8]| -> Vec<Vec<u8>> {
        let mut parts = vec![Vec::new()];
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            if rest.starts_with(at) {
                parts.push(Vec::new());
                rest = &rest[at.len()..];
            } else {
                parts.last_mut().unwrap().push(rest[0]);
                rest = &rest[1..];
            }
        }
        parts
    };
    let copy = match mangle.as_str() {
        "line ends" => parts(b"\r\n").join(&b"\n"[..]),
        "the end of a C string" => parts(b"\0").swap_remove(0),
        "what is no text" => String::from_utf8_lossy(&bytes).into_owned().into_bytes(),
        "a farewell" => parts(b"886").swap_remove(0),
        "nothing" => bytes,
        _ => panic!(),
    };
    fs::write("copy.bin", copy).unwrap();
}
