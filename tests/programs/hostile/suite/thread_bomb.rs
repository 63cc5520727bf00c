//! As many threads as there can be.
fn main() {
    let mut threads = Vec::new();
    while let Ok(thread) = std::thread::Builder::new().spawn(|| std::thread::park()) {
        threads.push(thread);
    }
    std::thread::park();
}
