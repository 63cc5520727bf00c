//! `checker`, `list`, `next`, `run`: an evening of a student's.

use super::{RIGHT, WRONG, course, write_source};

#[test]
fn from_the_first_exercise_to_the_last() {
    let course = course();
    course.checker([]).snapshot("status-at-the-beginning");
    course.checker(["list"]).snapshot("list-at-the-beginning");
    course.checker(["next"]).code(1).says("not yet implemented: say hello").check();
    write_source(&course, "01_demo", WRONG);
    let printed = course.checker(["next"]).code(1).says("capital and small letters").check();
    assert!(
        printed
            .stdout
            .ends_with("Edit exercises/01_demo/src/main.rs, then `checker next`.\nStuck? `checker hint`\n")
    );
    write_source(&course, "01_demo", RIGHT);
    course.checker(["next"]).snapshot("next-passes");
    course.checker([]).snapshot("status-in-the-middle");
    course.checker(["list"]).snapshot("list-in-the-middle");
    write_source(&course, "02_other", RIGHT);
    course.checker(["next"]).snapshot("next-passes-the-last");
    course.checker(["next"]).snapshot("next-all-done");
    course.checker([]).snapshot("status-at-the-end");
    write_source(&course, "01_demo", WRONG);
    course.checker(["list"]).snapshot("list-after-a-change");
    course.checker(["next"]).code(1).says("01_demo · it works").check();
}

#[test]
fn an_exercise_has_four_names() {
    let course = course();
    write_source(&course, "02_other", RIGHT);
    for name in ["2", "02", "other", "02_other"] {
        course.checker(["run", name]).says("02_other  An exercise").says("1 of 1 scenario").check();
    }
}

#[test]
fn several_are_run_one_after_another() {
    let course = course();
    write_source(&course, "02_other", RIGHT);
    course.checker(["run", "2", "1", "--seed", "7"]).code(1).snapshot("run-two");
}

#[test]
fn what_comes_after_a_failure_is_skipped() {
    let toml = r#"
        title = "Two steps"
        programs = ["demo"]
        hints = ["look", "think"]
        [[scenario]]
        name = "it greets"
        steps = [
          { start = "demo" }, { expect_exit = "demo", code = 0 }, { expect = "demo.stdout", line = "hello" },
        ]
        [[scenario]]
        name = "it is polite"
        after = "it greets"
        steps = [{ start = "demo" }, { expect_exit = "demo", code = 0 }]
    "#;
    let course = crate::support::Mini::new().exercise("01_demo", toml).source("01_demo", WRONG);
    course.checker(["run", "1", "--seed", "7"]).code(1).snapshot("run-skips");
    let document = course.checker(["run", "1", "--format", "json"]).code(1).json();
    let skipped = &document["exercises"][0]["scenarios"][1];
    assert_eq!((&skipped["status"], &skipped["after"]), (&"skipped".into(), &"it greets".into()));
    write_source(&course, "01_demo", RIGHT);
    course.checker(["run", "1"]).says("2 of 2 scenarios").check();
}

#[test]
fn a_seed_that_is_told_repeats_a_run() {
    let toml = r#"
        title = "A word"
        programs = ["demo"]
        hints = ["look", "think"]
        vars = { w = { word = 30 } }
        [[scenario]]
        name = "a word"
        steps = [{ start = "demo", args = ["${w}"] }, { expect_exit = "demo", code = 3, reason = true }]
    "#;
    let tells = "fn main() {\n    eprintln!(\"{}\", std::env::args().nth(1).unwrap());\n}\n";
    let course = crate::support::Mini::new().exercise("01_demo", toml).source("01_demo", tells);
    let word = |seed: &[&str]| {
        let args = ["run", "1", "--format", "json"].iter().chain(seed).copied();
        let document = course.checker(args).code(1).json();
        let got = document["exercises"][0]["scenarios"][0]["failure"]["got"].to_string();
        (document["seed"].to_string(), got)
    };
    let (seed, first) = word(&[]);
    assert_eq!(word(&["--seed", &seed]).1, first);
    assert_ne!(word(&["--seed", "1"]).1, word(&["--seed", "2"]).1);
}
