//! Looks into the process that started it, and into every other.
use std::fs;
use std::io::Error;

unsafe extern "C" {
    fn ptrace(request: i64, ...) -> i64;
    fn process_vm_readv(pid: i32, a: *const u8, b: u64, c: *const u8, d: u64, flags: u64) -> isize;
    fn process_vm_writev(pid: i32, a: *const u8, b: u64, c: *const u8, d: u64, flags: u64) -> isize;
    fn syscall(number: i64, ...) -> i64;
}

const PIDFD_OPEN: i64 = 434;
const PIDFD_GETFD: i64 = 438;
const ATTACH: i64 = 16;
const SEIZE: i64 = 0x4206;

fn denied(what: &str, answer: i64) {
    assert!(answer == -1, "{what} was allowed: {answer}");
    let errno = Error::last_os_error().raw_os_error();
    assert!(matches!(errno, Some(1 | 3 | 13 | 38)), "{what}: {errno:?}");
}

fn main() {
    let null = std::ptr::null::<u8>();
    for pid in [1, std::os::unix::process::parent_id() as i32] {
        unsafe {
            denied("attach", ptrace(ATTACH, pid, null, null));
            denied("seize", ptrace(SEIZE, pid, null, null));
            denied("readv", process_vm_readv(pid, null, 0, null, 0, 0) as i64);
            denied("writev", process_vm_writev(pid, null, 0, null, 0, 0) as i64);
            let pidfd = syscall(PIDFD_OPEN, 1, 0);
            if pidfd >= 0 {
                for fd in 0..16 {
                    denied("pidfd_getfd", syscall(PIDFD_GETFD, pidfd, fd, 0));
                }
            }
        }
        for file in ["mem", "environ", "maps", "fd", "root", "cwd", "status", "cmdline"] {
            let path = format!("/proc/{pid}/{file}");
            assert!(fs::read(&path).is_err() && fs::read_dir(&path).is_err(), "{path} can be read");
        }
    }
}
