//! Forks twice, calls setsid, and keeps stdout open; its first process ends well.

unsafe extern "C" {
    fn fork() -> i32;
    fn setsid() -> i32;
}

fn main() {
    // SAFETY: this program has one thread.
    unsafe {
        if fork() == 0 {
            setsid();
            if fork() == 0 {
                loop {
                    std::thread::park();
                }
            }
            std::process::exit(0);
        }
    }
    println!("gone");
}
