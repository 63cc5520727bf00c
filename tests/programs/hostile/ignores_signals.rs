//! Ignores whatever can be ignored, and has a child that does the same.

unsafe extern "C" {
    fn fork() -> i32;
    fn signal(number: i32, handler: usize) -> usize;
}

fn main() {
    const IGNORE: usize = 1;
    // SAFETY: ignoring runs no code; this program has one thread.
    unsafe {
        (1..32).for_each(|number| {
            signal(number, IGNORE);
        });
        fork();
    }
    loop {
        std::thread::park();
    }
}
