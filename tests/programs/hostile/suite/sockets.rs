//! Sockets of every family and kind that there is.
unsafe extern "C" {
    fn socket(family: i32, kind: i32, protocol: i32) -> i32;
    fn socketpair(family: i32, kind: i32, protocol: i32, fds: *mut i32) -> i32;
}

const UNIX_AND_INTERNET: [i32; 3] = [1, 2, 10];
const RAW: i32 = 3;

fn main() {
    for family in (0..50).filter(|family| !UNIX_AND_INTERNET.contains(family)) {
        for kind in 1..=5 {
            assert!(unsafe { socket(family, kind, 0) } == -1, "family {family}, kind {kind}");
            assert!(unsafe { socketpair(family, kind, 0, [0; 2].as_mut_ptr()) } == -1, "pair of {family}");
        }
    }
    for family in [2, 10] {
        for protocol in [1, 6, 17, 58, 255] {
            assert!(unsafe { socket(family, RAW, protocol) } == -1, "raw {family}, {protocol}");
        }
    }
}
