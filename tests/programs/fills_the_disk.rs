use std::fs::File;
use std::io::Write;

fn main() {
    let mut file = File::create("large.bin").unwrap();
    for _ in 0..32 {
        file.write_all(&[7; 64 * 1024]).unwrap();
    }
}
