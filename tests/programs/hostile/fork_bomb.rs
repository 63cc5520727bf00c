//! A small fork bomb: 128 processes, and then no more, so that it can do no harm where it is not put out.

unsafe extern "C" {
    fn fork() -> i32;
}

fn main() {
    for _ in 0..7 {
        // SAFETY: this program has one thread.
        unsafe { fork() };
    }
    loop {
        std::thread::park();
    }
}
