//! Programs that never come to run.

use checker::record::finding::Finding;

use super::fails;
use crate::support::Mini;
use crate::support::mini::exercise_toml;

pub const CASES: &[Finding] = &[Finding::DidNotCompile, Finding::NoSource];

const STEPS: &str = r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#;

fn without_source() -> Mini {
    Mini::new().exercise("01_demo", &exercise_toml("demo", STEPS))
}

#[test]
fn a_type_error() {
    let course = Mini::demo(include_str!("../programs/does_not_compile.rs"), STEPS);
    fails(&course, "does_not_compile", Finding::DidNotCompile);
}

#[test]
fn no_main() {
    let course = Mini::demo(include_str!("../programs/no_main.rs"), STEPS);
    fails(&course, "no_main", Finding::DidNotCompile);
}

#[test]
fn endless_compilation() {
    let course = Mini::demo(include_str!("../programs/compiles_for_ever.rs"), STEPS).limits("compile_s = 1");
    fails(&course, "compiles_for_ever", Finding::DidNotCompile);
}

#[test]
fn no_source() {
    fails(&without_source(), "no_source", Finding::NoSource);
}

#[test]
fn an_empty_source() {
    fails(&without_source().source("01_demo", "\n"), "empty_source", Finding::NoSource);
}

#[test]
fn a_source_that_is_not_utf8() {
    let latin1 = b"// A lecturer's old editor.\nfn main() { println!(\"caf\xe9\"); }\n";
    fails(&without_source().file("exercises/01_demo/src/main.rs", latin1), "not_utf8", Finding::NoSource);
}
