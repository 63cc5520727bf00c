//! `checker verify`: a right course passes, and each way to be wrong is told.

use crate::support::Mini;
use crate::support::mini::exercise_toml;

const RIGHT: &str = "fn main() {\n    println!(\"hello\");\n}\n";
const STARTER: &str = "fn main() {\n    todo!(\"say hello\")\n}\n";
const LOUD: &str = "fn main() {\n    println!(\"HELLO\");\n}\n";
const SILENT: &str = "fn main() {}\n";
const BROKEN: &str = include_str!("programs/does_not_compile.rs");

const STEPS: &str = r#"
  { start = "demo" },
  { expect_exit = "demo", code = 0 },
  { expect = "demo.stdout", line = "hello", why = "greet" },
"#;

/// A course with one exercise; the solution, the starter, and a mistake with its finding.
fn course(solution: &str, starter: &str, mistake: &str, finding: &str) -> Mini {
    Mini::new()
        .exercise("01_demo", &exercise_toml("demo", STEPS))
        .source("01_demo", starter)
        .solution("01_demo", solution)
        .starter("01_demo", starter)
        .mistake("01_demo", "wrong.rs", mistake, "it works", finding)
}

const VERIFY: [&str; 3] = ["verify", "--seed", "7"];

#[test]
fn a_right_course_holds() {
    course(RIGHT, STARTER, LOUD, "wrong_bytes").checker(VERIFY).snapshot("verify-holds");
}

#[test]
fn one_exercise_can_be_verified_alone() {
    let course = course(RIGHT, STARTER, LOUD, "wrong_bytes")
        .exercise("02_other", &exercise_toml("other", r#"{ start = "other" },"#))
        .source("02_other", SILENT);
    course.checker(["verify", "demo"]).says("01_demo").never_says("02_other").check();
    course.checker(["verify"]).code(2).complains("solutions/02_other/src/main.rs").check();
}

#[test]
fn what_nobody_looks_at_is_told() {
    let course = course(RIGHT, STARTER, LOUD, "wrong_bytes")
        .file("exercises/02_lost/exercise.toml", exercise_toml("lost", STEPS))
        .file("solutions/01_demo/variants/loose.rs", RIGHT)
        .file("solutions/01_demo/mistakes/old/wrong.rs", LOUD);
    let all = course.checker(["verify"]).code(2).complains("course.toml does not name this exercise");
    all.complains("variants/loose.rs").complains("mistakes/old").check();
    course.checker(["list"]).says("01_demo").check();
}

#[test]
fn a_solution_that_fails() {
    course(LOUD, STARTER, SILENT, "ended").checker(VERIFY).code(1).snapshot("verify-solution-fails");
}

#[test]
fn a_solution_that_does_not_compile() {
    course(BROKEN, STARTER, LOUD, "wrong_bytes")
        .checker(VERIFY)
        .code(1)
        .snapshot("verify-solution-does-not-compile");
}

#[test]
fn a_starter_that_passes() {
    course(RIGHT, RIGHT, LOUD, "wrong_bytes").checker(VERIFY).code(1).snapshot("verify-starter-passes");
}

#[test]
fn a_starter_that_does_not_compile() {
    course(RIGHT, BROKEN, LOUD, "wrong_bytes")
        .checker(VERIFY)
        .code(1)
        .snapshot("verify-starter-does-not-compile");
}

#[test]
fn a_mistake_that_passes() {
    course(RIGHT, STARTER, RIGHT, "wrong_bytes").checker(VERIFY).code(1).snapshot("verify-mistake-passes");
}

#[test]
fn a_mistake_that_fails_in_another_way() {
    course(RIGHT, STARTER, SILENT, "wrong_bytes")
        .checker(VERIFY)
        .code(1)
        .snapshot("verify-mistake-fails-otherwise");
}

#[test]
fn a_mistake_that_does_not_compile() {
    course(RIGHT, STARTER, BROKEN, "wrong_bytes")
        .checker(VERIFY)
        .code(1)
        .snapshot("verify-mistake-does-not-compile");
}

#[test]
fn mistakes_that_are_compiled_together_are_told_apart() {
    let mut course = course(RIGHT, STARTER, LOUD, "wrong_bytes")
        .file("solutions/01_demo/variants/other/src/main.rs", format!("mod more;\n{RIGHT}"))
        .file("solutions/01_demo/variants/other/src/more.rs", "");
    for (file, text, finding) in [
        ("silent.rs", SILENT, "ended"),
        ("seven.rs", "fn main() { std::process::exit(7) }\n", "wrong_exit"),
        ("panics.rs", STARTER, "crashed"),
        ("broken.rs", BROKEN, "wrong_bytes"),
        ("silent_again.rs", SILENT, "wrong_bytes"),
    ] {
        course = course.mistake("01_demo", file, text, "it works", finding);
    }
    // Where nothing is known yet.
    let verify =
        course.checker(["verify", "--format", "json"]).env("CHECKER_TARGET_DIR", course.path().join("t"));
    let told = verify.code(1).json();
    let of = |subject: &serde_json::Value| {
        let who = ["file", "name"].iter().find_map(|key| subject["subject"][key].as_str());
        let known = subject["build"]["known"].as_bool();
        (who.unwrap_or("").to_owned(), known, subject["held"].as_str().unwrap().to_owned())
    };
    let told: Vec<_> = told["subjects"].as_array().unwrap().iter().map(of).collect();
    let told: Vec<_> = told.iter().map(|(who, known, held)| (who.as_str(), *known, held.as_str())).collect();
    assert_eq!(
        told,
        [
            ("", Some(false), "yes"),
            ("", Some(false), "yes"),
            ("other", Some(false), "yes"),
            // They were there when their turn came.
            ("wrong.rs", Some(true), "yes"),
            ("silent.rs", Some(true), "yes"),
            ("seven.rs", Some(true), "yes"),
            ("panics.rs", Some(true), "yes"),
            ("broken.rs", None, "no"),
            ("silent_again.rs", Some(true), "no"),
        ]
    );
}

#[test]
fn faults_of_mistakes_toml_are_all_told() {
    let course = course(RIGHT, STARTER, LOUD, "wrong_bite")
        .mistake("01_demo", "second.rs", LOUD, "it work", "wrong_bytes")
        .file("solutions/01_demo/mistakes/unlisted.rs", LOUD);
    course.checker(VERIFY).code(2).snapshot("verify-mistakes-toml");
}

#[test]
fn a_variant_passes_as_the_solution_does() {
    let course = course(RIGHT, STARTER, LOUD, "wrong_bytes");
    let course = course
        .file("solutions/01_demo/variants/other/src/main.rs", "fn main() {\n    print!(\"hello\\n\");\n}\n");
    course.checker(VERIFY).snapshot("verify-variant-holds");
    course.write("solutions/01_demo/variants/other/src/main.rs", LOUD);
    course.checker(VERIFY).code(1).snapshot("verify-variant-fails");
    std::fs::remove_file(course.path().join("solutions/01_demo/variants/other/src/main.rs")).unwrap();
    course.checker(VERIFY).code(2).complains("solutions/01_demo/variants/other/src/main.rs").check();
}

#[test]
fn a_course_is_verified_many_times_over() {
    let course = course(RIGHT, STARTER, LOUD, "wrong_bytes");
    course.checker(["verify", "--times", "2", "--load", "1"]).says("0 differences, ").check();
    course.write("solutions/01_demo/src/main.rs", LOUD);
    course.checker(["verify", "--times", "2"]).code(1).says("round 2 of 2: 2 differences").check();
}

const DROPS: &str = "fn main() {\n    println!(\"hello\");\n    drop(());\n}\n";
const MUTANTS: [&str; 3] = ["verify", "--mutants", "demo"];

fn listing(mutant: &str) -> String {
    format!("[[equivalent]]\nreason = \"nobody looks\"\nmutants = [{mutant:?}]\n")
}

#[test]
fn a_mutant_is_caught_or_survives() {
    let course = course(DROPS, STARTER, LOUD, "wrong_bytes");
    let caught = course.checker(MUTANTS).code(1).says("solutions/01_demo/src/main.rs:3: survives");
    caught.says("\"src/main.rs, main: remove `drop(());`\"").says("- drop(());").check();
    course.write("solutions/01_demo/src/main.rs", RIGHT);
    course.checker(MUTANTS).says("✓ 01_demo").check();
    course.checker(["verify", "--mutants", "--format", "json"]).says("\"outcome\": \"caught\"").check();
}

#[test]
fn a_mutant_may_be_listed_where_it_is_equivalent() {
    let list = "solutions/01_demo/mutants.toml";
    let drops = listing("src/main.rs, main: remove `drop(());`");
    let course = course(DROPS, STARTER, LOUD, "wrong_bytes").file(list, &drops);
    course.checker(MUTANTS).says("✓ 01_demo").check();
    course.write("solutions/01_demo/src/main.rs", RIGHT);
    course.checker(MUTANTS).code(1).says("mutants.toml:3: there is no such mutant").check();
    course.write(list, listing("src/main.rs, main: replace the body with `()`"));
    course.checker(MUTANTS).code(1).says("is listed as equivalent, and \"it works\" finds").check();
    course.write(list, "[[equivalent]]\nmutants = []\n");
    course.checker(["verify"]).code(2).complains("an entry has no `reason`").check();
}

#[test]
fn verifying_is_no_progress() {
    let course = course(RIGHT, STARTER, LOUD, "wrong_bytes");
    course.checker(VERIFY).says("1 of 1 solutions").check();
    course.checker([]).says("0 of 1 exercises done").check();
}
