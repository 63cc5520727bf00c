use std::sync::atomic::{AtomicU8, Ordering};

static COUNT: AtomicU8 = AtomicU8::new(70);

fn help() -> u8 {
    COUNT.fetch_add(1, Ordering::SeqCst)
}

fn main() {
    help();
    println!("{} {}", help(), line!());
}
