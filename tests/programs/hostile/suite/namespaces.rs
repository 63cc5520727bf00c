//! More rights by new namespaces, and the system calls that a network program has no use for.
use std::io::Error;

unsafe extern "C" {
    fn unshare(flags: i32) -> i32;
    fn setns(fd: i32, kind: i32) -> i32;
    fn mount(a: *const i8, b: *const i8, c: *const i8, flags: u64, d: *const i8) -> i32;
    fn chroot(path: *const i8) -> i32;
    fn setuid(user: u32) -> i32;
    fn setgroups(count: usize, groups: *const u32) -> i32;
    fn sethostname(name: *const i8, len: usize) -> i32;
    fn syscall(number: i64, ...) -> i64;
}

#[cfg(target_arch = "x86_64")]
const NUMBERS: [(&str, i64); 9] = [
    ("bpf", 321),
    ("userfaultfd", 323),
    ("perf_event_open", 298),
    ("keyctl", 250),
    ("add_key", 248),
    ("request_key", 249),
    ("kexec_load", 246),
    ("init_module", 175),
    ("fanotify_init", 300),
];
#[cfg(target_arch = "aarch64")]
const NUMBERS: [(&str, i64); 9] = [
    ("bpf", 280),
    ("userfaultfd", 282),
    ("perf_event_open", 241),
    ("keyctl", 219),
    ("add_key", 217),
    ("request_key", 218),
    ("kexec_load", 104),
    ("init_module", 105),
    ("fanotify_init", 262),
];
/// The same number on every architecture.
const NEWER: [(&str, i64); 8] = [
    ("io_uring_setup", 425),
    ("io_uring_enter", 426),
    ("open_tree", 428),
    ("move_mount", 429),
    ("fsopen", 430),
    ("clone3", 435),
    ("process_madvise", 440),
    ("mount_setattr", 442),
];

fn denied(what: &str, answer: i64) {
    assert!(answer == -1, "{what} was allowed: {answer}");
    let errno = Error::last_os_error().raw_os_error();
    assert!(matches!(errno, Some(1 | 22 | 38)), "{what}: {errno:?}");
}

fn main() {
    let none = std::ptr::null();
    unsafe {
        // User, mount, pid, network, IPC, host name and cgroup namespaces.
        for flag in [0x1000_0000, 0x2_0000, 0x2000_0000, 0x4000_0000, 0x800_0000, 0x400_0000, 0x200_0000] {
            denied("unshare", unshare(flag).into());
        }
        denied("setns", setns(0, 0).into());
        denied("mount", mount(none, c"/".as_ptr().cast(), none, 1 << 14, none).into());
        denied("chroot", chroot(c"/".as_ptr().cast()).into());
        denied("setuid", setuid(0).into());
        denied("setgroups", setgroups(0, std::ptr::null()).into());
        denied("sethostname", sethostname(c"x".as_ptr().cast(), 1).into());
        for (name, number) in NUMBERS.into_iter().chain(NEWER) {
            denied(name, syscall(number, 0_i64, 0_i64, 0_i64, 0_i64, 0_i64, 0_i64));
        }
    }
}
