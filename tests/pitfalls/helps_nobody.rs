//! A right verdict that helps nobody.

use std::collections::BTreeSet;

use super::{ECHO, course, fails};
use crate::support::mini::{IDLE, exercise_toml};
use crate::support::{Mini, snapshot};

const ASK: &str = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { send = "ann", line = "${w}" }, { expect = "ann", line = "${w}" },
"#;

/// Expected and received are not cut where both look alike, but around the first difference, and with their
/// lengths.
#[test]
fn both_cut_alike() {
    let steps = ASK.replace("${w}", "${w}needle${v}");
    let wrong = include_str!("../programs/pitfalls/changes_one_byte.rs");
    let head = "vars = { w = { word = 998 }, v = { word = 400 } }";
    let failure = fails(wrong, head, &steps, "wrong_bytes");
    for (side, part) in [("expected", "needle"), ("got", "ne#dle")] {
        let told = failure[side].to_string();
        assert!(told.contains(part) && told.contains("1,405 bytes"), "{failure:#}");
    }
}

/// A peer that is silent, hung up, was reset, is not there, has crashed or is elsewhere: no two of these
/// are told in the same words, and none as an empty answer.
#[test]
fn an_empty_answer() {
    let head = "vars = { w = { word = 9 } }";
    let refused = ASK.replace("{ connect = \"ann\" }", "{ stop = \"demo\" }, { connect = \"ann\" }");
    let cases = [
        (include_str!("../programs/never_answers.rs"), ASK, "deadline"),
        (include_str!("../programs/hangs_up.rs"), ASK, "end_of_stream"),
        (include_str!("../programs/resets.rs"), ASK, "reset"),
        (ECHO, refused.as_str(), "refused"),
        (include_str!("../programs/panics_at_once.rs"), ASK, "crashed"),
        (include_str!("../programs/aborts.rs"), ASK, "crashed"),
        (include_str!("../programs/listens_everywhere.rs"), ASK, "wrong_address"),
    ];
    let told: BTreeSet<String> =
        cases.map(|(source, steps, finding)| fails(source, head, steps, finding)["got"].to_string()).into();
    assert_eq!(told.len(), cases.len(), "{told:#?}");
    assert!(told.iter().all(|got| got != "[]" && !got.contains("\\\"\\\"")), "{told:#?}");
}

const CROWD: &str = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "crowd", each = 100 }, { send = "crowd", line = "hello" }, { expect = "crowd", line = "hello" },
"#;

fn forgets_one() -> Vec<String> {
    let source = include_str!("../programs/pitfalls/forgets_one.rs");
    let course = course(&[("demo", source)], "deadline_s = 1", CROWD);
    let printed = course.checker(["run", "1", "--seed", "7"]).code(1).says("✗ it works").check();
    snapshot::strip(&printed).lines().map(str::to_owned).collect()
}

/// What the program itself said of its trouble is shown.
#[test]
fn the_programs_own_output_hidden() {
    let lines = forgets_one();
    assert!(lines.iter().any(|line| line.contains("│ client 57 is not to my liking")), "{lines:#?}");
}

/// Of a hundred clients, the one that matters is told of, and the others once.
#[test]
fn ninety_nine_equal_clients() {
    let lines = forgets_one();
    assert!(lines.iter().any(|line| line.contains("crowd #0 to #56, #58 to #99:")), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("crowd#57")), "{lines:#?}");
    assert!(lines.len() < 40, "{lines:#?}");
}

/// The harness's own trouble is told as that, leaves no record, and is nobody's zero.
#[test]
fn harness_trouble_is_not_a_zero() {
    let taken = r#"{ start = "demo", args = ["${addr}"], on = "listening" }, { listen = "door" },"#;
    let course = Mini::demo(ECHO, taken);
    let printed = course.checker(["run", "1"]).code(3).says("not graded").never_says("✗").check();
    assert!(printed.stdout.contains("the checker can't listen on"), "{}", printed.stdout);
    assert!(!course.path().join(".checker/progress.json").exists());

    let toml = exercise_toml("demo", r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#);
    let course = Mini::new().exercise("01_demo", &toml).source("01_demo", IDLE);
    let no_compiler = course.checker(["run", "1"]).env("RUSTC", "/nonexistent").code(3);
    no_compiler.complains("can't start the Rust compiler").check();
    assert!(!course.path().join(".checker/progress.json").exists());
}
