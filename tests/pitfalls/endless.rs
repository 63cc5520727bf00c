//! A program that never comes to an end makes somebody wait longer than the one deadline that shows it.

use std::fs::{Permissions, read, set_permissions, write};
use std::os::unix::fs::PermissionsExt;
use std::thread::available_parallelism;

use serde_json::Value;

use super::{STARVED, anybodys_folder, many};
use crate::support::Mini;
use crate::support::procfs::{lives, mark};

/// Adds a byte to a file, and computes for ever.
const COMPUTES: &str = include_str!("../programs/pitfalls/computes_for_ever.rs");

fn scenarios(document: &Value) -> &Vec<Value> {
    document["exercises"][0]["scenarios"].as_array().unwrap()
}

/// Who has had a second of a processor is not tried again, however many others had as much: sixteen that compute
/// would be two at a time, for their five seconds each.
#[test]
fn who_computes_is_tried_once() {
    let folder = anybodys_folder();
    let file = folder.path().join("runs").display().to_string();
    write(&file, "").unwrap();
    set_permissions(&file, Permissions::from_mode(0o666)).unwrap();
    let steps = format!(r#"{{ start = "demo", args = ["{file}"] }}, {{ expect_exit = "demo", code = 0 }},"#);
    let course = Mini::new().exercise("01_demo", &many(8, "deadline_s = 3", &steps));
    let course = course.source("01_demo", COMPUTES);
    let document = course.checker(["run", "1", "--isolation", "0", "--format", "json"]).code(1).json();
    for scenario in scenarios(&document) {
        assert_eq!(scenario["failure"]["finding"], "still_running", "{scenario:#}");
    }
    assert_eq!((scenarios(&document).len(), read(&file).unwrap().len()), (8, 8));
}

/// After the first failure `next` tries nothing again.
#[test]
fn second_tries_after_a_failure() {
    let processors = available_parallelism().unwrap().get();
    let steps =
        r#"{ start = "demo", args = ["/nowhere/file"] }, { expect = "demo.stdout", line = "computed" },"#;
    let course = Mini::new().exercise("01_demo", &many(2 * processors, "deadline_s = 1", steps));
    // It keeps itself from a processor, so that no deadline is proof enough, and never makes the file.
    let starved = STARVED.replace("RIVALS: usize = 7", "RIVALS: usize = 2");
    let course = course.source("01_demo", &starved.replace("fs::write(file, \"\").unwrap();", ""));
    let document = course.checker(["next", "--isolation", "0", "--format", "json"]).code(1).json();
    let judged = scenarios(&document).len();
    assert!((1..=processors).contains(&judged), "as many as are tried again at a time: {document:#}");
}

/// `next` tells of the first failure while another scenario of the exercise may still wait for minutes; it ends that
/// one's program.
#[test]
fn those_that_wait_beside_a_failure() {
    let mark = mark("waits-beside");
    let toml = format!(
        r#"
        title = "An exercise"
        programs = ["demo"]
        hints = ["look", "think"]
        [[scenario]]
        name = "it ends"
        steps = [{{ start = "demo" }}, {{ expect_exit = "demo", code = 0 }}]
        [[scenario]]
        name = "it ends in the end"
        deadline_s = 600
        steps = [{{ start = "demo", args = ["{mark}"] }}, {{ expect_exit = "demo", code = 0 }}]
        "#
    );
    let sleeps = r#"
        fn main() {
            if std::env::args().count() == 1 {
                std::process::exit(3);
            }
            loop {
                std::thread::sleep(std::time::Duration::from_secs(1000));
            }
        }
    "#;
    let course = Mini::new().exercise("01_demo", &toml).source("01_demo", sleeps);
    let document = course.checker(["next", "--format", "json"]).code(1).json();
    let names: Vec<&str> = scenarios(&document).iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["it ends"], "{document:#}");
    assert!(!lives(&mark));
}
