//! What is done stays done, until what it was about changes; no crash and no second checker spoils the record.

use std::process::Stdio;
use std::thread;

use serde_json::Value;

use crate::support::Mini;
use crate::support::checked::command;
use crate::support::mini::exercise_toml;
use crate::support::procfs::{mark, wait_until_alive, wait_until_gone};

const RIGHT: &str = "fn main() {\n    println!(\"hello\");\n}\n";
const WRONG: &str = "fn main() {}\n";
const NEVER: &str = include_str!("programs/hostile/never_ends.rs");
const STEPS: &str = r#"{ start = "demo" }, { expect = "demo.stdout", line = "hello" },"#;

fn is_done(course: &Mini) -> bool {
    let document = course.checker(["list", "--format", "json"]).json();
    document["exercises"][0]["done"].as_bool().unwrap()
}

#[test]
fn done_holds_until_the_source_changes() {
    let course = Mini::demo(RIGHT, STEPS);
    assert!(!is_done(&course), "nothing was run yet");
    course.checker(["run", "1"]).says("1 of 1 scenario").check();
    assert!(is_done(&course));
    course.write("exercises/01_demo/src/main.rs", RIGHT.replace("hello", "hello, hello"));
    assert!(!is_done(&course), "another source");
    course.write("exercises/01_demo/src/main.rs", RIGHT);
    assert!(is_done(&course), "the source that passed");
    course.write("exercises/01_demo/README.md", "read me");
    assert!(is_done(&course), "no source");
}

#[test]
fn done_holds_until_the_checks_change() {
    let course = Mini::demo(RIGHT, STEPS);
    course.checker(["run", "1"]).says("1 of 1 scenario").check();
    course.write(
        "exercises/01_demo/exercise.toml",
        exercise_toml("demo", &format!("{STEPS}\n{{ wait_ms = 1 }},")),
    );
    assert!(!is_done(&course), "another scenario");
    course.write("exercises/01_demo/exercise.toml", exercise_toml("demo", STEPS));
    assert!(is_done(&course));
    assert!(!is_done(&course.limits("memory_mib = 100")), "other limits");
}

#[test]
fn a_failure_takes_back_what_was_done_and_a_part_proves_nothing() {
    let two = exercise_toml("demo", STEPS)
        + "[[scenario]]\nname = \"once more\"\nsteps = [{ start = \"demo\" }, { expect_exit = \"demo\", code = 0 }]\n";
    let course = Mini::new().exercise("01_demo", &two).source("01_demo", WRONG);
    course.checker(["run", "1", "--only", "2"]).says("✓ once more").check();
    assert!(!is_done(&course), "one of two scenarios");
    course.checker(["run", "1"]).code(1).says("1 of 2 scenarios").check();
    assert!(!is_done(&course));
    course.write("exercises/01_demo/src/main.rs", RIGHT);
    course.checker(["run", "1"]).says("2 of 2 scenarios").check();
    assert!(is_done(&course));
}

#[test]
fn a_checker_that_is_killed_leaves_the_record_whole() {
    let mark = mark("killed");
    let steps = format!(r#"{{ start = "demo", args = ["{mark}"] }}, {{ expect_exit = "demo", code = 0 }},"#);
    let course = Mini::demo(NEVER, STEPS)
        .exercise(
            "02_slow",
            &exercise_toml("slow", &steps.replace("demo", "slow")).replace("= 1\nsteps", "= 60\nsteps"),
        )
        .source("01_demo", RIGHT)
        .source("02_slow", NEVER);
    course.checker(["run", "1"]).says("1 of 1 scenario").check();
    let before = course.read(".checker/progress.json");
    let mut checker = command();
    checker.args(["run", "1", "2"]).current_dir(course.path()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut checker = checker.spawn().unwrap();
    wait_until_alive(&mark);
    checker.kill().unwrap();
    checker.wait().unwrap();
    wait_until_gone(&mark);
    assert_eq!(course.read(".checker/progress.json"), before);
    assert!(is_done(&course));
}

#[test]
fn a_record_that_is_no_json_is_put_aside_not_lost() {
    let course = Mini::demo(RIGHT, STEPS).file(".checker/progress.json", "{ \"version\": 1, \"exer");
    assert!(!is_done(&course));
    course.checker(["run", "1"]).says("1 of 1 scenario").check();
    assert!(is_done(&course));
    assert_eq!(course.read(".checker/progress.json.unreadable"), "{ \"version\": 1, \"exer");
}

#[test]
fn two_checkers_at_once_are_both_right_and_lose_nothing() {
    let course = Mini::demo(RIGHT, STEPS)
        .exercise("02_other", &exercise_toml("other", &STEPS.replace("demo", "other")))
        .source("02_other", RIGHT)
        .exercise("03_wrong", &exercise_toml("wrong", &STEPS.replace("demo", "wrong")))
        .source("03_wrong", WRONG);
    thread::scope(|scope| {
        for (exercise, code) in [("1", 0), ("2", 0), ("3", 1), ("1", 0)] {
            let course = &course;
            scope.spawn(move || course.checker(["run", exercise]).code(code).says("1 scenario").check());
        }
    });
    let record: Value = serde_json::from_str(&course.read(".checker/progress.json")).unwrap();
    let passed = |name: &str| record["exercises"][name]["passed"].as_bool().unwrap();
    assert_eq!(["01_demo", "02_other", "03_wrong"].map(passed), [true, true, false]);
}
