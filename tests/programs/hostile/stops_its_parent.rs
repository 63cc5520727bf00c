//! Stops its parent, and everybody else that it may.

unsafe extern "C" {
    fn kill(pid: i32, signal: i32) -> i32;
    fn getppid() -> i32;
}

fn main() {
    const SIGSTOP: i32 = 19;
    // SAFETY: plain system calls.
    unsafe { kill(getppid(), SIGSTOP) };
    loop {
        std::thread::park();
    }
}
