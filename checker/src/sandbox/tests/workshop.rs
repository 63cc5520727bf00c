//! The workshop, with the host's shell as the tool that a stranger's files talked into mischief.

use std::ffi::OsString;
use std::path::Path;

use super::harness::{LIMITS, finish, in_process};
use crate::sandbox::Workshop;
use crate::sandbox::process::Exit;

const MOST: u64 = 100;

/// What the script printed, in a workshop of its own; left out where a host forbids that.
fn at_work(script: &str, look: impl Fn(&Workshop, &str)) {
    in_process(|| {
        let files = [("src/main.rs".into(), b"fn main() {}\n".to_vec())];
        let Ok(mut workshop) = Workshop::enter(LIMITS, 1 << 30, Path::new("/usr/bin"), &files) else {
            return;
        };
        let args = [OsString::from("-c"), script.into()];
        let given = [("PATH".into(), "/toolchain".into()), ("GIVEN".into(), "yes".into())];
        let process = workshop.spawn(Path::new("/bin/sh"), &args, &given).unwrap();
        let (printed, exit) = finish(process);
        assert_eq!(exit, Exit::Code(0), "{printed}");
        look(&workshop, &printed);
    });
}

#[test]
fn the_tool_sees_what_it_was_given() {
    let script = "pwd; cat src/main.rs; echo $GIVEN $HOME; cat /toolchain/sh | head -c 1 | wc -c";
    at_work(script, |_, printed| assert_eq!(printed, "/course\nfn main() {}\nyes\n1\n"));
}

#[test]
fn the_tool_writes_to_its_scratch_and_nowhere_else() {
    let script = "for file in /course/src/main.rs /course/x /toolchain/x /usr/x /x /etc/x; do
            (echo x > $file) 2> /dev/null && echo $file
         done
         ls /root /home /proc/1 2> /dev/null; cat /proc/net/dev 2> /dev/null; cat /etc/shadow 2> /dev/null
         echo result > /work/made";
    at_work(script, |workshop, printed| {
        assert_eq!(printed, "");
        assert_eq!(workshop.result(Path::new("/work/made"), MOST).unwrap(), b"result\n");
    });
}

#[test]
fn the_scratch_is_bounded_in_bytes_and_files() {
    let script = "head -c 9000000 /dev/zero > /work/large 2> /dev/null || echo full
         rm -f /work/large; i=0; while [ $i -lt 20000 ]; do echo > /work/$i || break; i=$((i+1)); done 2> /dev/null
         [ $i -lt 20000 ] && echo no more";
    at_work(script, |_, printed| assert_eq!(printed, "full\nno more\n"));
}

#[test]
fn only_a_regular_file_of_bounded_size_comes_out() {
    let script =
        "cd /work; ln -s /etc/shadow link; ln -s /etc dir; mkfifo fifo; mkdir folder; ln -s made near
         head -c 101 /dev/zero > large; head -c 100 /dev/zero > fits; echo x > folder/made";
    at_work(script, |workshop, _| {
        let result = |path: &str| workshop.result(Path::new(path), MOST);
        for path in ["link", "dir/passwd", "fifo", "folder", "near", "large", "none", "../etc/passwd"] {
            assert!(result(&format!("/work/{path}")).is_err(), "{path} came out");
        }
        assert!(result("/etc/passwd").is_err(), "not below the scratch");
        assert_eq!(result("/work/fits").unwrap().len(), 100);
        assert_eq!(result("/work/folder/made").unwrap(), b"x\n");
    });
}
