//! The linker is started before there is anything to link, and nobody notices.

use super::{RIGHT, course, write_source};

const NO_SUCH_LIBRARY: &str = "#[link(name = \"nothing_of_that_name\")]\nunsafe extern \"C\" {\n    fn nothing();\n}\n\n\
     fn main() {\n    unsafe { nothing() }\n}\n";

#[test]
fn where_the_linker_is_known_it_is_started_ahead() {
    let course = course();
    let target = course.path().join("target");
    write_source(&course, "01_demo", RIGHT);
    course.checker(["run", "1"]).env("CHECKER_TARGET_DIR", &target).says("1 of 1 scenario").check();
    let known: serde_json::Value = serde_json::from_str(&course.read("target/toolchain.json")).unwrap();
    let linker = &known["toolchain"]["linker"];
    // Elsewhere the compiler links as it likes.
    assert_eq!(linker.is_null(), !cfg!(target_arch = "x86_64"), "{known:#}");
    assert!(linker.is_null() || linker["ahead"] == true, "{known:#}");
    // No list of arguments, and no unfinished program, is left.
    let left = std::fs::read_dir(target.join("bin")).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = left.filter(|name| !name.as_encoded_bytes().starts_with(b".")).collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn what_can_not_be_linked_is_told_as_the_compiler_tells_it() {
    let course = course();
    write_source(&course, "01_demo", NO_SUCH_LIBRARY);
    let printed =
        course.checker(["run", "1"]).code(1).says("linking with `cc` failed").says("nothing_of_that_name");
    printed.never_says("/proc/").never_says("-flavor").check();
    write_source(&course, "01_demo", RIGHT);
    course.checker(["run", "1"]).says("1 of 1 scenario").check();
}

#[test]
fn whoever_calls_the_stand_in_by_hand_is_told_what_it_is_for() {
    let course = course();
    course.checker(["-flavor", "gnu"]).code(2).complains("for the checker's own use").check();
}
