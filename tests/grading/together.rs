//! The programs of one submission are compiled together where they can be, and nobody is judged otherwise for it.

use super::class::{BROKEN, RIGHT, grade, record, statuses};
use crate::support::Mini;
use crate::support::mini::exercise_toml;

macro_rules! program {
    ($name:literal) => {
        include_str!(concat!("../programs/together/", $name, ".rs"))
    };
}

/// Passes where the word of the third exercise's program is in the first one's binary.
const FINDS: &str = r#"{ start = "finds", args = ["a word of ", "its own"] }, { expect = "finds.stdout", line = "true" },
    { expect_exit = "finds", code = 0 },"#;
const SAYS: &str = r#"{ start = "says" }, { expect = "says.stdout", line = "a word of its own" },"#;
const MORE: &str = r#"{ start = "more" }, { expect_exit = "more", code = 0 },"#;

/// A class of a course of three exercises, by each student's sources.
fn class(students: &[(&str, &[(&str, &str)])]) -> Mini {
    let course = [("01_finds", "finds", FINDS), ("02_more", "more", MORE), ("03_says", "says", SAYS)]
        .into_iter()
        .fold(Mini::new(), |course, (folder, program, steps)| {
            let toml = exercise_toml(program, steps).replace("deadline_s = 1", "deadline_s = 10");
            course.exercise(folder, &toml).source(folder, RIGHT)
        });
    students.iter().fold(course, |course, (student, files)| {
        files
            .iter()
            .fold(course, |course, (path, text)| course.file(&format!("class/{student}/{path}"), text))
    })
}

const FIND: (&str, &str) = ("01_finds/src/main.rs", program!("reads_itself"));
const SAY: (&str, &str) = ("03_says/src/main.rs", program!("says_a_word"));

#[test]
fn whoever_is_suited_is_compiled_with_the_others() {
    let with_a_module = concat!("mod words;\n", program!("says_a_word"));
    let course = class(&[
        ("ann", &[FIND, ("02_more/src/main.rs", RIGHT), SAY]),
        ("bob", &[FIND, ("03_says/src/main.rs", with_a_module), ("03_says/src/words.rs", "")]),
        ("cyd", &[FIND]),
        ("dan", &[SAY]),
    ]);
    grade(&course, &[]).says("7 exercises were run").check();
    assert_eq!(statuses(&record(&course, "ann")), ["passed", "passed", "passed"]);
    assert_eq!(statuses(&record(&course, "bob")), ["failed", "missing", "passed"], "alone");
    assert_eq!(statuses(&record(&course, "cyd")), ["failed", "missing", "missing"], "not ann's");
    assert_eq!(statuses(&record(&course, "dan")), ["missing", "missing", "passed"]);
}

/// Whether it needs a library for the end of a panic is the same as where a student's own work is run: together with
/// others, and alone.
#[test]
fn programs_start_with_the_libraries_of_a_students_own() {
    let says = r#"fn main() {
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        println!("{}", maps.contains("libgcc_s"));
        let caught = std::panic::catch_unwind(|| std::panic::resume_unwind(Box::new(())));
        assert!(caught.is_err());
    }"#;
    let with_a_module = format!("mod words;\n{says}");
    let course = class(&[
        ("ann", &[("02_more/src/main.rs", RIGHT), ("03_says/src/main.rs", says)]),
        ("bob", &[("03_says/src/main.rs", &with_a_module), ("03_says/src/words.rs", "")]),
    ])
    .source("03_says", says);
    let own = course.checker(["run", "3", "--format", "json"]).code(1).json();
    let own = own["exercises"][0]["scenarios"][0]["failure"]["got"].to_string();
    grade(&course, &[]).says("3 exercises were run").check();
    for key in ["ann", "bob"] {
        let record = record(&course, key);
        let told = record["exercises"].as_array().unwrap().last().unwrap()["scenarios"][0].to_string();
        for library in ["true", "false"] {
            assert_eq!(told.contains(&format!("{library}\\n")), own.contains(library), "{own} {told}");
        }
    }
}

#[test]
fn who_does_not_compile_is_told_the_same_words_as_alone() {
    let warned =
        "fn main() {\n    let unused = 1;\n    let a = String::new();\n    drop(a);\n    drop(a);\n}\n";
    for broken in [BROKEN, warned, "fn main() {\n", "#![deny(warnings)]\nfn main() { let unused = 1; }\n"] {
        let broken = ("02_more/src/main.rs", broken);
        let course = class(&[("ann", &[FIND, broken, SAY]), ("bob", &[broken])]);
        grade(&course, &[]).says("4 exercises were run").check();
        let (ann, bob) = (record(&course, "ann"), record(&course, "bob"));
        assert_eq!(statuses(&ann), ["passed", "did_not_compile", "passed"], "{broken:?}");
        let message = |record: &serde_json::Value| record["exercises"][1]["message"].clone();
        assert_eq!(message(&ann), message(&bob));
        assert!(message(&bob).as_str().unwrap().contains("02_more/src/main.rs:"), "{bob}");
    }
}

#[test]
fn their_libraries_are_theirs() {
    let uses = "fn main() {\n    std::process::exit(more::zero() + i32::from(file!() != \"02_more/src/main.rs\"))\n}\n";
    let own = ("02_more/src/lib.rs", "mod zero;\npub use zero::zero;\n");
    let module = ("02_more/src/zero.rs", "pub fn zero() -> i32 {\n    0\n}\n");
    let finds_it = ("03_says/src/lib.rs", "pub fn word() -> &'static str {\n    \"a word of its own\"\n}\n");
    let says_it = ("03_says/src/main.rs", "fn main() {\n    println!(\"{}\", says::word());\n}\n");
    let course = class(&[
        ("ann", &[FIND, own, module, ("02_more/src/main.rs", uses), finds_it, says_it]),
        ("bob", &[FIND, own, ("02_more/src/main.rs", uses), SAY]),
    ]);
    grade(&course, &[]).says("6 exercises were run").check();
    assert_eq!(statuses(&record(&course, "ann")), ["passed", "passed", "passed"]);
    let bob = record(&course, "bob");
    assert_eq!(statuses(&bob), ["passed", "did_not_compile", "passed"], "a library with an error");
    assert!(bob["exercises"][1]["message"].as_str().unwrap().contains("zero"), "{bob}");
}
