//! A verdict is found once, and told again from the record while nothing changes that it depends on.

use serde_json::Value;

use super::{RIGHT, WRONG, course, write_source};
use crate::support::Mini;
use crate::support::mini::exercise_toml;

const NOTHING_CHANGED: &str = "Nothing has changed since this was found; `--fresh` proves it again.";

/// Of the run that the verdict was found in: another one has another seed.
#[track_caller]
fn seed(course: &Mini, args: &[&str], code: i32) -> Value {
    let args = args.iter().copied().chain(["--format", "json"]);
    let document = course.checker(args).code(code).json();
    assert!(document["isolation"].is_u64(), "{document:#}");
    document["seed"].clone()
}

#[test]
fn the_same_text_again_and_a_line_that_says_so() {
    let course = course();
    for (source, code) in [(RIGHT, 0), (WRONG, 1), ("fn main() { nothing }\n", 1)] {
        write_source(&course, "01_demo", source);
        let first =
            course.checker(["run", "1"]).code(code).says("01_demo").never_says(NOTHING_CHANGED).check();
        let again = course.checker(["run", "1"]).code(code).says(NOTHING_CHANGED).check();
        assert_eq!(again.stdout, format!("{}{NOTHING_CHANGED}\n", first.stdout));
        course
            .checker(["run", "1", "--fresh"])
            .code(code)
            .says("01_demo")
            .never_says(NOTHING_CHANGED)
            .check();
    }
}

#[test]
fn next_takes_it_too_and_still_says_what_to_do() {
    let course = course();
    write_source(&course, "01_demo", WRONG);
    course.checker(["next"]).code(1).says("✗ 01_demo").never_says(NOTHING_CHANGED).check();
    course.checker(["next"]).code(1).says(NOTHING_CHANGED).says("Stuck? `checker hint`").check();
    course.checker(["next", "--fresh"]).code(1).says("Stuck?").never_says(NOTHING_CHANGED).check();
}

#[test]
fn it_holds_until_something_changes() {
    let course = course();
    write_source(&course, "01_demo", RIGHT);
    let found = seed(&course, &["run", "1"], 0);
    assert_eq!(seed(&course, &["run", "1"], 0), found);

    assert_ne!(seed(&course, &["run", "1", "--fresh"], 0), found, "asked to");
    let found = seed(&course, &["run", "1"], 0);
    assert_eq!(seed(&course, &["run", "1", "--seed", "77"], 0), 77, "a run's values are repeated by running");
    assert_eq!(seed(&course, &["run", "1"], 0), 77);
    assert_ne!(seed(&course, &["run", "1", "--isolation", "0"], 0), 77, "another rung");
    assert_ne!(seed(&course, &["run", "1"], 0), found);

    let found = seed(&course, &["run", "1"], 0);
    write_source(&course, "01_demo", &RIGHT.replace("\"hello\"", "\"{}\", \"hello\""));
    assert_ne!(seed(&course, &["run", "1"], 0), found, "another source");
    let found = seed(&course, &["run", "1"], 0);
    course.write("exercises/01_demo/src/more.rs", "");
    assert_ne!(seed(&course, &["run", "1"], 0), found, "another file");
    let found = seed(&course, &["run", "1"], 0);
    let steps = r#"{ start = "demo" }, { expect = "demo.stdout", line = "hello" },"#;
    course.write("exercises/01_demo/exercise.toml", exercise_toml("demo", steps));
    assert_ne!(seed(&course, &["run", "1"], 0), found, "other checks");
    let found = seed(&course, &["run", "1"], 0);
    let course = course.limits("memory_mib = 100");
    assert_ne!(seed(&course, &["run", "1"], 0), found, "other limits");
}

#[test]
fn a_part_of_the_scenarios_is_never_taken_for_the_whole() {
    let steps = r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#;
    let more = format!("[[scenario]]\nname = \"once more\"\nsteps = [{steps}]\n");
    let course =
        Mini::new().exercise("01_demo", &(exercise_toml("demo", steps) + &more)).source("01_demo", RIGHT);
    let part = seed(&course, &["run", "1", "--only", "1"], 0);
    assert_ne!(seed(&course, &["run", "1", "--only", "1"], 0), part);
    let whole = seed(&course, &["run", "1"], 0);
    assert_ne!(whole, part);
    assert_ne!(seed(&course, &["run", "1", "--only", "1"], 0), whole);
}

#[test]
fn known_and_new_ones_are_told_in_the_order_in_which_they_were_named() {
    let course = course();
    write_source(&course, "01_demo", RIGHT);
    write_source(&course, "02_other", WRONG);
    course.checker(["run", "2"]).code(1).says("✗ 02_other").check();
    let both = course.checker(["run", "1", "2"]).code(1).says(NOTHING_CHANGED).check().stdout;
    let place = |part: &str| both.find(part).unwrap_or_else(|| panic!("no {part} in {both}"));
    assert!(
        place("01_demo  ") < place("02_other  ") && place("02_other  ") < place(NOTHING_CHANGED),
        "{both}"
    );
}

#[test]
fn a_record_that_can_not_be_read_is_none() {
    let course = course();
    write_source(&course, "01_demo", RIGHT);
    let found = seed(&course, &["run", "1"], 0);
    course.write(".checker/verdicts/01_demo.json", "{ half");
    assert_ne!(seed(&course, &["run", "1"], 0), found);
}
