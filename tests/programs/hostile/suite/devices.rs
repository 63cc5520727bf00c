//! Devices, terminals, limits and priorities.

unsafe extern "C" {
    fn fcntl(fd: i32, command: i32, ...) -> i32;
    fn mknod(path: *const i8, mode: u32, device: u64) -> i32;
    fn ioctl(fd: i32, request: u64, ...) -> i32;
    fn setpriority(which: i32, who: u32, priority: i32) -> i32;
    fn sched_setscheduler(pid: i32, policy: i32, param: *const i32) -> i32;
    fn setrlimit(resource: i32, limit: *const [u64; 2]) -> i32;
    fn prlimit(pid: i32, resource: i32, new: *const [u64; 2], old: *mut [u64; 2]) -> i32;
    fn mlock(at: *const u8, len: usize) -> i32;
}

const TIOCSTI: u64 = 0x5412;
const TIOCSCTTY: u64 = 0x540e;
const TIOCLINUX: u64 = 0x541c;

fn main() {
    unsafe {
        for (kind, device) in [(0o020_000, 1 << 8 | 1), (0o060_000, 8 << 8), (0o020_000, 5 << 8)] {
            assert!(mknod(c"device".as_ptr().cast(), kind | 0o600, device) == -1, "a device was made");
        }
        for fd in 0..3 {
            for request in [TIOCSTI, TIOCSCTTY, TIOCLINUX] {
                assert!(ioctl(fd, request, b"x".as_ptr()) == -1, "a terminal at {fd}");
            }
        }
        assert!(setpriority(0, 0, -20) == -1, "a higher priority");
        assert!(sched_setscheduler(0, 1, &50) == -1, "real time");
        // Processes, address space, files, processor time, open files: none can be raised.
        for resource in [6, 9, 1, 0, 7] {
            assert!(setrlimit(resource, &[u64::MAX, u64::MAX]) == -1, "limit {resource} was raised");
        }
        assert!(prlimit(1, 7, &[1, 1], std::ptr::null_mut()) == -1, "a limit of the first process");
        assert!(prlimit(std::os::unix::process::parent_id() as i32, 7, &[1, 1], std::ptr::null_mut()) == -1);
        let much = vec![1_u8; 64 << 20];
        assert!(mlock(much.as_ptr(), much.len()) == -1, "64 MiB were locked");
    }
    // Its three streams, and nothing of the checker's.
    const F_GETFD: i32 = 1;
    let held: Vec<i32> = (0..4096).filter(|&fd| unsafe { fcntl(fd, F_GETFD) } != -1).collect();
    assert_eq!(held, [0, 1, 2]);
}
