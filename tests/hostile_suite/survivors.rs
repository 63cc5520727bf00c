//! What is left when the checker itself is killed: nothing.

use std::process::{Command, Stdio};

use crate::support::Mini;
use crate::support::checked::command;
use crate::support::procfs::{mark, wait_until_alive, wait_until_gone};

/// In the threat list.
pub const NUMBERS: [u32; 1] = [36];

fn kill_when_alive(course: &Mini, mark: &str) {
    let mut checker: Command = command();
    checker.args(["run", "1", "--isolation", "3", "--boxed"]).current_dir(course.path());
    let mut checker = checker.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait_until_alive(mark);
    // SIGKILL: it can't tidy up.
    checker.kill().unwrap();
    checker.wait().unwrap();
    wait_until_gone(mark);
}

#[test]
fn a_checker_killed_in_the_middle_of_a_run_leaves_nobody() {
    let mark = mark("killed-run");
    let steps = format!(r#"{{ start = "demo", args = ["{mark}"] }}, {{ expect_exit = "demo", code = 0 }},"#);
    let toml =
        crate::support::mini::exercise_toml("demo", &steps).replace("deadline_s = 1", "deadline_s = 60");
    let course = Mini::new()
        .exercise("01_demo", &toml)
        .source("01_demo", include_str!("../programs/hostile/ignores_signals.rs"));
    kill_when_alive(&course, &mark);
}

#[test]
fn a_checker_killed_in_the_middle_of_compiling_leaves_nobody() {
    let mark = format!("endless_{}", std::process::id());
    let steps = format!(r#"{{ start = "{mark}" }}, {{ expect_exit = "{mark}", code = 0 }},"#);
    let source = "#![allow(long_running_const_eval)]\nconst N: u64 = { let mut n = 0; while n < u64::MAX { n += 1; } n };\nfn main() { println!(\"{N}\"); }\n";
    let course = Mini::new()
        .exercise("01_demo", &crate::support::mini::exercise_toml(&mark, &steps))
        .source("01_demo", source);
    // The compiler is told the program's name on its command line.
    kill_when_alive(&course, &mark);
}
