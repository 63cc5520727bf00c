//! Trouble of the machine's: exit code 3, no verdict, and nobody's work or record is touched.

use std::process::Command;

use crate::support::checked::command;
use crate::support::mini::IDLE;
use crate::support::procfs::mark;
use crate::support::users::{is_root, unprivileged, write_script};
use crate::support::{Checked, Mini};

const STEPS: &str = r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#;

/// No verdict was recorded.
#[track_caller]
fn nothing_is_recorded(course: &Mini) {
    assert!(!course.path().join(".checker/progress.json").exists());
}

#[test]
fn no_compiler() {
    let course = Mini::demo(IDLE, STEPS);
    for command in [&["run", "1"][..], &["next"], &["run", "1", "--format", "json"]] {
        let run = course.checker(command.iter().copied()).env("RUSTC", "/nonexistent").code(3);
        run.complains("can't start the Rust compiler `/nonexistent`").complains("https://rustup.rs").check();
    }
    nothing_is_recorded(&course);
    course.checker(["list"]).env("RUSTC", "/nonexistent").says("01_demo").check();
}

#[test]
fn a_compiler_that_does_not_work() {
    let course = Mini::demo(IDLE, STEPS);
    let broken = write_script(
        &course.path().join("rustc"),
        "#!/bin/sh\necho 'error: no default toolchain' >&2\nexit 1\n",
    );
    course.checker(["run", "1"]).env("RUSTC", broken).code(3).complains("no default toolchain").check();
    nothing_is_recorded(&course);
}

#[test]
fn a_compiler_that_is_killed() {
    let course = Mini::demo(&format!("// {}: compiled by nobody before.\n{IDLE}", mark("killed")), STEPS);
    let script = "#!/bin/sh\ncase \"$*\" in *--print*) echo none; exit;; *main.rs*) kill -9 $$;; esac\nexec rustc \"$@\"\n";
    let killed = write_script(&course.path().join("rustc"), script);
    course.checker(["run", "1"]).env("RUSTC", killed).code(3).says("out of memory?").check();
    nothing_is_recorded(&course);
    course.checker(["run", "1"]).says("1 of 1 scenario").check();
}

#[test]
fn a_place_for_binaries_that_can_not_be_written() {
    let course = Mini::demo(IDLE, STEPS);
    for target in ["/proc/nowhere", "/dev/full"] {
        let run = course.checker(["run", "1"]).env("CHECKER_TARGET_DIR", target).code(3);
        run.complains(target).complains("CHECKER_TARGET_DIR").check();
    }
    nothing_is_recorded(&course);
}

#[test]
fn no_space_for_binaries() {
    let course = Mini::demo(IDLE, STEPS).file("small/.keep", "");
    let small = course.path().join("small");
    // A file system with room for folders, and not for a binary, in a namespace of its own.
    let script = "mount -t tmpfs -o size=100k tmpfs \"$1\" && shift && exec \"$@\"";
    let mut run = Command::new("unshare");
    run.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]).arg(&small);
    let checker = command();
    run.arg(checker.get_program()).args(["run", "1"]).env("TERM", "xterm").env_remove("NO_COLOR");
    run.env("CHECKER_TARGET_DIR", &small).env_remove("RUSTC");
    let printed = Checked::of(run).current_dir(course.path()).code(3).says("not graded").check();
    assert!(printed.stdout.contains("make room"), "{}", printed.stdout);
    nothing_is_recorded(&course);
}

#[test]
fn a_course_that_can_not_be_written() {
    let course =
        Mini::demo(IDLE, STEPS).starter("01_demo", "fn main() {}\n// starter\n").solution("01_demo", IDLE);
    let target = course.path().join("target");
    course.checker(["run", "1", "--only", "1"]).env("CHECKER_TARGET_DIR", &target).says("1 of 1").check();
    std::fs::remove_dir_all(course.path().join(".checker")).ok();
    let user = tempfile::tempdir().unwrap();
    set_mode(user.path(), 0o755);
    set_mode(course.path(), 0o555);
    if !is_root() {
        for folder in ["exercises/01_demo", "exercises/01_demo/src"] {
            set_mode(&course.path().join(folder), 0o555);
        }
    }
    let run = |args: &[&'static str]| {
        unprivileged(user.path(), args).current_dir(course.path()).env("CHECKER_TARGET_DIR", &target)
    };
    run(&["list"]).says("01_demo").check();
    run(&["run", "1"])
        .code(3)
        .says("1 of 1 scenario")
        .complains("the verdict stands")
        .complains("writable")
        .check();
    run(&["hint"]).code(3).says("look").complains("denied").check();
    run(&["solution", "1"]).code(3).complains("denied").check();
    run(&["reset", "1"]).code(3).complains("denied").check();
    set_mode(course.path(), 0o755);
    assert_eq!(course.read("exercises/01_demo/src/main.rs"), IDLE);
    nothing_is_recorded(&course);
}

fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}
