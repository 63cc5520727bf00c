//! Memory that belongs to no process alone.
unsafe extern "C" {
    fn mmap(at: *mut u8, len: usize, prot: i32, flags: i32, fd: i32, offset: i64) -> *mut u8;
}

fn main() {
    const LEN: usize = 256 << 20;
    // Readable and writable; shared and anonymous.
    let memory = unsafe { mmap(std::ptr::null_mut(), LEN, 3, 0x21, -1, 0) };
    assert!(!memory.is_null() && memory as isize != -1);
    for at in (0..LEN).step_by(4096) {
        unsafe { memory.add(at).write_volatile(7) };
    }
    std::thread::park();
}
