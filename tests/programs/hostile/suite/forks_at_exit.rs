//! Is gone, and then is not: a handler of its end starts another process.
unsafe extern "C" {
    fn atexit(handler: extern "C" fn()) -> i32;
    fn fork() -> i32;
    fn pause() -> i32;
}

extern "C" fn again() {
    unsafe {
        if fork() == 0 {
            loop {
                pause();
            }
        }
    }
}

fn main() {
    unsafe { atexit(again) };
}
