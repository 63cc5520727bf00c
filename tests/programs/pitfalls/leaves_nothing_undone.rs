//! Tells what it finds of itself; then changes all of it.

use std::ffi::c_int;
use std::fs::{read_dir, read_to_string};

unsafe extern "C" {
    fn umask(mask: u32) -> u32;
    fn signal(number: c_int, action: usize) -> usize;
    fn setrlimit(resource: c_int, limit: *const [u64; 2]) -> c_int;
}

const IGNORE: usize = 1;
const OPEN_FILES: c_int = 7;

fn own(key: &str) -> String {
    let status = read_to_string("/proc/self/status").unwrap();
    status.lines().find_map(|line| line.strip_prefix(key)).unwrap().trim().to_owned()
}

fn main() {
    let numbers = read_dir("/proc").unwrap().filter(|entry| {
        entry.as_ref().unwrap().file_name().to_str().unwrap().bytes().all(|byte| byte.is_ascii_digit())
    });
    let there = numbers.count();
    // Of those up to 31, but for SIGPIPE, which std ignores.
    let ignored = u64::from_str_radix(&own("SigIgn:"), 16).unwrap() & 0x7fff_ffff & !(1 << 12);
    let limits = read_to_string("/proc/self/limits").unwrap();
    let open = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    let open = open.split_whitespace().next().unwrap();
    let parent = own("PPid:");
    let mask = own("Umask:").trim_start_matches('0').to_owned();
    println!("below {parent}, {there} there, umask {mask}, ignores {ignored}, may open {open}");
    unsafe {
        umask(0);
        for number in 1..=31 {
            signal(number, IGNORE);
        }
        setrlimit(OPEN_FILES, &[32, 32]);
    }
    let _ = std::env::set_current_dir("/");
}
