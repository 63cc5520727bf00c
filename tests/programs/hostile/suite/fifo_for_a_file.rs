//! Hands in a FIFO, which would hold up whoever opens it.
unsafe extern "C" {
    fn mkfifo(path: *const i8, mode: u32) -> i32;
}

fn main() {
    assert_eq!(unsafe { mkfifo(c"dest.bin".as_ptr().cast(), 0o666) }, 0);
}
