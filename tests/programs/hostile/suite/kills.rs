//! Signals to everybody it can name, and one that it can't.
unsafe extern "C" {
    fn kill(pid: i32, signal: i32) -> i32;
}

fn main() {
    let parent = std::os::unix::process::parent_id() as i32;
    unsafe {
        for signal in [19, 9, 15, 6] {
            kill(1, signal);
            kill(parent, signal);
        }
        for pid in 2..40_000 {
            if pid != std::process::id() as i32 {
                assert!(kill(pid, 9) != 0, "there was somebody: {pid}");
            }
        }
        // Everybody else, then its own group.
        kill(-1, 9);
        kill(0, 9);
    }
    std::thread::park();
}
