//! As many timers as there can be, and the signal of one of them.
unsafe extern "C" {
    fn timer_create(clock: i32, event: *const u8, timer: *mut u64) -> i32;
    fn alarm(seconds: u32) -> u32;
}

fn main() {
    let mut timer = 0;
    let mut made = 0;
    while made < 1_000_000 && unsafe { timer_create(1, std::ptr::null(), &mut timer) } == 0 {
        made += 1;
    }
    assert!(made < 1_000_000, "a million timers");
    unsafe { alarm(1) };
    std::thread::park();
}
