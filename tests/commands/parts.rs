//! Of a verdict on two programs, what is about one of them stands while only the other changes.

use crate::support::Mini;
use crate::support::mini::ADDR;

const BEFORE: &str = "\"before\": it passed with the same programs; `--fresh` runs these too.";
const NONE: [u64; 0] = [];
const RIGHT: &str = "fn main() {}\n";
const OTHER: &str = "fn main() { let _ = 1; }\n";
const WRONG: &str = "fn main() { std::process::exit(7) }\n";

/// Two programs, and scenarios for one, for the other and for both.
fn course() -> Mini {
    let scenario = |name: &str, programs: &[&str]| {
        let steps = programs
            .iter()
            .map(|program| format!("{{ start = {program:?} }}, {{ expect_exit = {program:?}, code = 0 }}"));
        let steps: Vec<String> = steps.collect();
        format!("[[scenario]]\nname = {name:?}\nsteps = [{}]\n", steps.join(", "))
    };
    let toml = format!(
        "title = \"Two\"\nprograms = [\"one\", \"two\"]\naddr = \"{ADDR}\"\nhints = [\"a\", \"b\", \"c\"]\n{}{}{}",
        scenario("one alone", &["one"]),
        scenario("two alone", &["two"]),
        scenario("both", &["one", "two"]),
    );
    let course = Mini::new().exercise("01_two", &toml);
    one(&course, RIGHT);
    two(&course, RIGHT);
    course
}

fn one(course: &Mini, source: &str) {
    course.write("exercises/01_two/src/bin/one.rs", source);
}

fn two(course: &Mini, source: &str) {
    course.write("exercises/01_two/src/bin/two.rs", source);
}

/// The numbers of the scenarios that were not run.
#[track_caller]
fn known(course: &Mini, more: &[&str], code: i32) -> Vec<u64> {
    let args = ["run", "1", "--format", "json"].into_iter().chain(more.iter().copied());
    let document = course.checker(args).code(code).json();
    let scenarios = document["exercises"][0]["scenarios"].as_array().unwrap().iter();
    let known = scenarios.filter(|scenario| scenario["known"] == true);
    known.map(|scenario| scenario["number"].as_u64().unwrap()).collect()
}

#[test]
fn what_starts_only_the_other_program_is_not_run_again() {
    let course = course();
    assert_eq!(known(&course, &[], 0), NONE);
    one(&course, OTHER);
    assert_eq!(known(&course, &[], 0), [2]);
    two(&course, OTHER);
    assert_eq!(known(&course, &[], 0), [1]);
    one(&course, RIGHT);
    let text = course.checker(["run", "1"]).says(BEFORE).says("3 of 3 scenarios").check().stdout;
    let marked: Vec<&str> = text.lines().filter(|line| line.ends_with("  before")).collect();
    assert!(marked.len() == 1 && marked[0].starts_with("✓ two alone "), "{text}");
}

#[test]
fn only_what_passed_stands() {
    let course = course();
    two(&course, WRONG);
    assert_eq!(known(&course, &[], 1), NONE);
    one(&course, OTHER);
    assert_eq!(known(&course, &[], 1), NONE, "two failed");
    two(&course, RIGHT);
    assert_eq!(known(&course, &[], 0), [1]);
    two(&course, WRONG);
    let text = course.checker(["next"]).code(1).says("✗ 01_two · ").says(BEFORE).check().stdout;
    assert!(
        text.lines().any(|line| line.starts_with("✓ one alone ") && line.ends_with("  before")),
        "{text}"
    );
}

#[test]
fn it_outlives_a_program_that_does_not_compile() {
    let course = course();
    assert_eq!(known(&course, &[], 0), NONE);
    one(&course, "fn main() { nothing }\n");
    course.checker(["run", "1"]).code(1).says("cannot find value").never_says(BEFORE).check();
    one(&course, OTHER);
    assert_eq!(known(&course, &[], 0), [2]);
}

#[test]
fn whoever_asks_for_it_gets_all_of_it_run() {
    let course = course();
    assert_eq!(known(&course, &[], 0), NONE);
    for (asked, source) in [(&["--fresh"][..], OTHER), (&["--seed", "7"], RIGHT), (&["--only", "2"], OTHER)] {
        one(&course, source);
        assert_eq!(known(&course, asked, 0), NONE, "{asked:?}");
    }
}

#[test]
fn other_checks_prove_everything_anew() {
    let course = course();
    assert_eq!(known(&course, &[], 0), NONE);
    one(&course, OTHER);
    let toml = course.read("exercises/01_two/exercise.toml");
    course.write("exercises/01_two/exercise.toml", toml + "points = 2\n");
    assert_eq!(known(&course, &[], 0), NONE);
    one(&course, RIGHT);
    assert_eq!(known(&course, &["--isolation", "0"], 0), NONE, "another rung");
    one(&course, OTHER);
    let course = course.limits("memory_mib = 100");
    assert_eq!(known(&course, &[], 0), NONE, "other limits");
}

#[test]
fn a_file_that_both_are_made_from_is_a_change_of_both() {
    let shared = "#[path = \"../shared.rs\"]\nmod shared;\nfn main() { shared::leave() }\n";
    let library = "fn main() { two::leave() }\n";
    for (file, source) in [("shared.rs", shared), ("lib.rs", library)] {
        let course = course();
        one(&course, source);
        two(&course, source);
        for (body, code) in [("", 0), ("std::process::exit(7)", 1)] {
            let text = format!("pub fn leave() {{ {body} }}\n");
            course.write(&format!("exercises/01_two/src/{file}"), text);
            assert_eq!(known(&course, &[], code), NONE, "{file}");
        }
    }
}
