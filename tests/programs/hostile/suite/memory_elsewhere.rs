//! Memory that no process of the tree shows: each way to it has to be closed.
use std::io::Error;

unsafe extern "C" {
    fn memfd_create(name: *const u8, flags: u32) -> i32;
    fn shmget(key: i32, size: usize, flags: i32) -> i32;
    fn msgget(key: i32, flags: i32) -> i32;
    fn semget(key: i32, count: i32, flags: i32) -> i32;
    fn syscall(number: i64, ...) -> i64;
}

fn denied(what: &str, answer: i64) {
    assert!(answer == -1, "{what} was allowed");
    let errno = Error::last_os_error().raw_os_error();
    assert!(matches!(errno, Some(1 | 38)), "{what}: {errno:?}");
}

fn main() {
    const MEMFD_SECRET: i64 = 447;
    unsafe {
        denied("memfd_create", memfd_create(c"m".as_ptr().cast(), 0).into());
        denied("memfd_secret", syscall(MEMFD_SECRET, 0));
        denied("shmget", shmget(0, 1 << 20, 0o1600).into());
        denied("msgget", msgget(0, 0o1600).into());
        denied("semget", semget(0, 1, 0o1600).into());
    }
    assert!(std::fs::write("/dev/shm/x", "x").is_err(), "/dev/shm was there");
}
