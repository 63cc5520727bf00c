use std::thread;

fn main() {
    let counted = thread::spawn(|| -> u32 { "ten".parse().unwrap() });
    let _ = counted.join();
}
