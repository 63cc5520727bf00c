//! A grandchild in a session of its own, whose name looks like the kernel's own words.
use std::os::unix::process::CommandExt;
use std::process::Command;

unsafe extern "C" {
    fn setsid() -> i32;
    fn prctl(option: i32, ...) -> i32;
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.last().is_some_and(|last| last == "child") {
        unsafe { prctl(15, c") S 1 1 1 (\n\x1b[2J".as_ptr()) };
        loop {
            std::thread::park();
        }
    }
    let mut child = Command::new(&args[0]);
    child.args([&args[4], "child"]);
    unsafe {
        child.pre_exec(|| {
            setsid();
            Ok(())
        });
    }
    child.spawn().unwrap();
}
