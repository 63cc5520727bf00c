//! Needs little of a processor, and shares it with threads that want all of it. With a file's name as its
//! argument, it answers only where that file is there already, and makes it.

use std::ffi::c_int;
use std::fs;
use std::path::Path;

unsafe extern "C" {
    fn sched_getcpu() -> c_int;
    fn sched_setaffinity(pid: c_int, len: usize, mask: *const u64) -> c_int;
}

const RIVALS: usize = 7;
const NEEDED_NS: u64 = 200_000_000;

/// Time on a processor: the first figure of schedstat.
fn used() -> u64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split_whitespace().next().unwrap().parse().unwrap()
}

fn main() {
    let mut mask = [0u64; 128];
    let cpu = unsafe { sched_getcpu() } as usize;
    mask[cpu / 64] = 1 << (cpu % 64);
    assert_eq!(unsafe { sched_setaffinity(0, size_of_val(&mask), mask.as_ptr()) }, 0);
    for _ in 0..RIVALS {
        std::thread::spawn(|| {
            loop {
                std::hint::spin_loop();
            }
        });
    }
    while used() < NEEDED_NS {}
    let answers = std::env::args().nth(1).is_none_or(|file| {
        let known = Path::new(&file).exists();
        fs::write(file, "").unwrap();
        known
    });
    if answers {
        println!("computed");
        std::process::exit(0);
    }
    loop {
        std::thread::park();
    }
}
