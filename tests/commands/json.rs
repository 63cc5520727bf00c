//! `--format json`: one document, with names that stay.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{RIGHT, WRONG, course, write_source};
use crate::support::{Mini, snapshot};

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[track_caller]
fn has_keys(value: &Value, wanted: &str) {
    assert_eq!(keys(value), wanted.split(' ').collect(), "{value:#}");
}

const EXERCISE: &str = "name title points points_possible build build_ms drive_ms scenarios";

#[track_caller]
fn document(course: &Mini, name: &str, args: &[&str], code: i32) -> Value {
    let args = args.iter().copied().chain(["--format", "json"]);
    let document = course.checker(args).code(code).json();
    assert_eq!(document["version"], 1);
    snapshot::compare_text(&format!("json-{name}"), &format!("{document:#}\n"));
    document
}

#[test]
fn list() {
    let list = document(&course(), "list", &["list"], 0);
    has_keys(&list, "version command title exercises");
    has_keys(&list["exercises"][0], "name title done points points_possible points_before");
}

#[test]
fn run() {
    let course = course();
    write_source(&course, "01_demo", WRONG);
    write_source(&course, "02_other", RIGHT);
    let run = document(&course, "run", &["run", "1", "2", "--seed", "7"], 1);
    has_keys(&run, "version command seed isolation all_done exercises");
    has_keys(&run["exercises"][0], EXERCISE);
    has_keys(&run["exercises"][0]["build"], "status warnings known");
    let (failed, passed) = (&run["exercises"][0]["scenarios"][0], &run["exercises"][1]["scenarios"][0]);
    has_keys(passed, "number name points points_possible flaky known isolation took_ms status");
    has_keys(failed, "number name points points_possible flaky known isolation took_ms status failure");
    has_keys(&failed["failure"], "finding step line waited_ms at_rest why expected got seen advice");
    assert_eq!((&failed["status"], &passed["status"]), (&"failed".into(), &"passed".into()));
}

#[test]
fn a_program_that_does_not_compile() {
    let course = course();
    write_source(&course, "01_demo", "fn main() { nothing }\n");
    let run = document(&course, "does-not-compile", &["run", "1", "--seed", "7"], 1);
    has_keys(&run["exercises"][0]["build"], "status finding message");
    assert_eq!(run["exercises"][0]["build"]["finding"], "did_not_compile");
}

#[test]
fn next() {
    let course = course();
    write_source(&course, "01_demo", RIGHT);
    write_source(&course, "02_other", RIGHT);
    let next = |done: bool| {
        let next = course.checker(["next", "--format", "json"]).json();
        assert_eq!((&next["command"], &next["all_done"]), (&"next".into(), &done.into()));
        next
    };
    assert_eq!(next(false)["exercises"][0]["name"], "01_demo");
    assert_eq!(next(false)["exercises"][0]["name"], "02_other");
    assert!(next(true)["exercises"].as_array().unwrap().is_empty());
    document(&course, "next", &["next"], 0);
}

#[test]
fn verify() {
    let course = course().mistake("01_demo", "loud.rs", WRONG, "it works", "wrong_bytes");
    let verify = document(&course, "verify", &["verify", "1", "--seed", "7"], 0);
    has_keys(&verify, "version command seed isolation subjects");
    let subjects = verify["subjects"].as_array().unwrap();
    let kinds: Vec<&str> = subjects.iter().map(|one| one["subject"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["solution", "starter", "mistake"]);
    has_keys(&subjects[0], &format!("{EXERCISE} subject held why"));
    has_keys(&subjects[2]["subject"], "kind file scenario finding");
    assert!(subjects.iter().all(|one| one["held"] == "yes"), "{verify:#}");
}
