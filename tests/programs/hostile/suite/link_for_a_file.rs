//! Hands in a link to what it could not copy.
fn main() {
    let target = std::env::args().nth(1).unwrap();
    std::os::unix::fs::symlink(target, "dest.bin").unwrap();
}
