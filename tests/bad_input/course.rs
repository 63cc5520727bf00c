//! Faults of a course's author, and of whoever types a name: exit code 2.

use crate::support::mini::{IDLE, exercise_toml};
use crate::support::{Checked, Mini};

const STEPS: &str = r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#;

#[test]
fn outside_a_course() {
    let nowhere = tempfile::Builder::new().prefix("mini-").tempdir().unwrap();
    let run = |args: &[&'static str]| Checked::new(args.iter().copied()).current_dir(nowhere.path()).code(2);
    run(&["next"]).snapshot("bad-outside-a-course");
    for command in
        [&[][..], &["list"], &["run", "1"], &["hint"], &["solution", "1"], &["reset", "1"], &["verify"]]
    {
        run(command).complains("course.toml").check();
    }
    run(&["list", "--course", "/nonexistent"]).complains("/nonexistent").check();
}

#[test]
fn below_a_course_and_with_its_name_given() {
    let course = Mini::demo(IDLE, STEPS);
    let inside = course.path().join("exercises/01_demo/src");
    course.checker(["run", "1"]).current_dir(&inside).says("1 of 1 scenario").check();
    let root = course.path().to_str().unwrap();
    Checked::new(["list", "--course", root]).current_dir("/".as_ref()).says("✓ 01_demo").check();
}

#[test]
fn a_broken_course_file() {
    let course = Mini::demo(IDLE, STEPS);
    course.write("course.toml", "title = \"A course\nexercises = [\"01_demo\"]\n");
    course.checker(["list"]).code(2).snapshot("bad-course-syntax");
    let faults = "titel = \"A course\"\nexercises = [\"demo\", \"01_demo\", \"01_demo\", 3]\n\n\
                  [limits]\ndeadline_s = 0\nmemory_mb = 12\n";
    course.write("course.toml", faults);
    course.checker(["next"]).code(2).snapshot("bad-course-faults");
    course.write("course.toml", b"title = \"\xff\"\n");
    course.checker(["next"]).code(2).complains("UTF-8").check();
    course.write("course.toml", "");
    course.checker(["next"]).code(2).complains("title").complains("exercises").check();
}

#[test]
fn a_broken_exercise_file() {
    let course = Mini::demo(IDLE, STEPS);
    let faults = r#"title = "An exercise"
programs = ["demo"]
addr = "127.0.0.1:80"
hints = ["only one"]

[vars]
w = { wrod = 8 }

[[scenario]]
name = "first"
steps = [
  { start = "dmeo" },
  { connect = "ann", too = "${addr}" },
  { send = "bob", line = "${w.size}" },
  { expect = "ann", line = "x", eof = true },
  { expect_exit = "ann", code = 0 },
]

[[scenario]]
name = "first"
steps = []
"#;
    course.write("exercises/01_demo/exercise.toml", faults);
    course.checker(["run", "1"]).code(2).snapshot("bad-exercise-faults");
    course.write("exercises/01_demo/exercise.toml", "title = \"An exercise\"\nhints = [\"a\", \"b\"\n");
    course.checker(["run", "1"]).code(2).snapshot("bad-exercise-syntax");
}

#[test]
fn files_that_are_missing() {
    let course = Mini::demo(IDLE, STEPS);
    course.checker(["verify"]).code(2).snapshot("bad-no-solution");
    course.checker(["solution", "1"]).code(2).complains("solutions/01_demo/src/main.rs").check();
    course.checker(["reset", "1"]).code(2).complains("solutions/01_demo/starter/src/main.rs").check();
    let course = course.solution("01_demo", IDLE);
    course.checker(["verify"]).code(2).snapshot("bad-no-starter");
    std::fs::remove_file(course.path().join("exercises/01_demo/exercise.toml")).unwrap();
    course.checker(["run", "1"]).code(2).complains("exercises/01_demo/exercise.toml").check();
    std::fs::remove_dir_all(course.path().join("exercises/01_demo")).unwrap();
    course.checker(["run", "1"]).code(2).snapshot("bad-no-exercise");
}

#[test]
fn an_exercise_that_does_not_exist() {
    let course = Mini::demo(IDLE, STEPS).exercise("02_multi_client", &exercise_toml("multi_client", ""));
    course.checker(["run", "multi_cleint"]).code(2).snapshot("bad-name");
    for args in [["run", "99"], ["hint", "99"], ["solution", "99"], ["reset", "99"], ["verify", "99"]] {
        course.checker(args).code(2).complains("no exercise is called `99`").check();
    }
    course.checker(["run", "../.."]).code(2).complains("no exercise is called").check();
}

#[test]
fn a_scenario_that_does_not_exist() {
    let course = Mini::demo(IDLE, STEPS);
    for only in ["99", "0", "1,99"] {
        course
            .checker(["run", "1", "--only", only])
            .code(2)
            .complains("they are numbered from 1 to 1")
            .check();
    }
    course.checker(["run", "1", "--only", "1"]).says("1 of 1 scenario").check();
}
