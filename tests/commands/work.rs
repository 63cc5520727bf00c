//! `hint`, `solution`, `reset`: help, and nobody's work is lost.

use super::{RIGHT, STARTER, WRONG, course, write_source};

#[test]
fn hints_come_one_at_a_time() {
    let course = course();
    course.checker(["hint"]).snapshot("hint-1");
    course.checker(["hint"]).snapshot("hint-2");
    course.checker(["hint", "1"]).snapshot("hint-3");
    course.checker(["hint", "demo"]).snapshot("hint-3");
    course.checker(["hint", "2"]).says("02_other, hint 1 of 3").never_says("hint 2").check();
}

#[test]
fn when_all_is_done_a_hint_needs_a_name() {
    let course = course();
    for exercise in ["01_demo", "02_other"] {
        write_source(&course, exercise, RIGHT);
        course.checker(["run", exercise]).says("1 of 1").check();
    }
    course.checker(["hint"]).says("name the one").check();
}

#[test]
fn a_solution_is_refused_once_and_then_shown() {
    let course = course();
    course.checker(["solution", "1"]).code(1).snapshot("solution-refused");
    course.checker(["solution", "1"]).snapshot("solution-shown");
    course.checker(["solution", "2"]).code(1).says("not passed 02_other").check();
}

#[test]
fn who_has_passed_sees_the_solution_at_once_and_ever_after() {
    let course = course();
    write_source(&course, "01_demo", RIGHT);
    course.checker(["run", "1"]).says("1 of 1").check();
    write_source(&course, "01_demo", WRONG);
    course.checker(["run", "1"]).code(1).says("0 of 1").check();
    course.checker(["solution", "1"]).snapshot("solution-shown");
}

#[test]
fn applying_a_solution_keeps_ones_own_work() {
    let course = course().file("exercises/01_demo/src/notes/mine.txt", "precious");
    write_source(&course, "01_demo", WRONG);
    course.checker(["solution", "1", "--apply"]).code(1).says("not passed").check();
    assert_eq!(course.read("exercises/01_demo/src/main.rs"), WRONG, "asked once, nothing happens");
    course.checker(["solution", "1", "--apply"]).snapshot("solution-applied");
    assert_eq!(course.read("exercises/01_demo/src/main.rs"), RIGHT);
    assert_eq!(course.read(".checker/backups/01_demo.1/src/main.rs"), WRONG);
    assert_eq!(course.read(".checker/backups/01_demo.1/src/notes/mine.txt"), "precious");
}

#[test]
fn a_reset_keeps_ones_own_work_each_time() {
    let course = course();
    write_source(&course, "01_demo", WRONG);
    course.checker(["reset", "1"]).snapshot("reset");
    assert_eq!(course.read("exercises/01_demo/src/main.rs"), STARTER);
    write_source(&course, "01_demo", RIGHT);
    course.checker(["reset", "demo"]).says("01_demo.2").check();
    assert_eq!(course.read(".checker/backups/01_demo.1/src/main.rs"), WRONG);
    assert_eq!(course.read(".checker/backups/01_demo.2/src/main.rs"), RIGHT);
}

#[test]
fn a_reset_works_where_the_source_is_gone() {
    let course = course();
    std::fs::remove_dir_all(course.path().join("exercises/01_demo/src")).unwrap();
    course.checker(["reset", "1"]).says("as it was at the beginning").check();
    assert_eq!(course.read("exercises/01_demo/src/main.rs"), STARTER);
}
