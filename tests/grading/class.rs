//! A small course, and whatever was handed in.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use serde_json::Value;

use crate::support::mini::exercise_toml;
use crate::support::{Checked, Mini};

/// Passes `01_demo` and `02_more`.
pub const RIGHT: &str = "fn main() {}\n";
/// Fails them.
pub const WRONG: &str = "fn main() { std::process::exit(7) }\n";
/// Is no program.
pub const BROKEN: &str = "fn main() { nonsense }\n";

pub const STEPS: &str = r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#;

/// A course with two exercises of one scenario each.
pub fn course() -> Mini {
    let more = exercise_toml("more", &STEPS.replace("demo", "more"));
    Mini::new()
        .exercise("01_demo", &exercise_toml("demo", STEPS))
        .source("01_demo", RIGHT)
        .exercise("02_more", &more)
        .source("02_more", RIGHT)
}

/// The same with the folder `class`, in it a folder for each student with the source of `01_demo`.
pub fn class(students: &[(&str, &str)]) -> Mini {
    students.iter().fold(course(), |course, (student, source)| {
        course.file(&format!("class/{student}/01_demo/src/main.rs"), source)
    })
}

/// `checker grade class --out out`, and more arguments.
pub fn grade<'a>(course: &Mini, more: &[&'a str]) -> Checked {
    let args: Vec<&'a str> =
        ["grade", "class", "--out", "out"].into_iter().chain(more.iter().copied()).collect();
    course.checker(args)
}

/// The records of `out`, in the order of the file.
pub fn records(course: &Mini) -> Vec<Value> {
    course.read("out/grades.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Whose records they are, in the order of the file.
pub fn keys(course: &Mini) -> Vec<String> {
    records(course).iter().map(|one| one["student"]["key"].as_str().unwrap().to_owned()).collect()
}

/// The one record of a student.
#[track_caller]
pub fn record(course: &Mini, key: &str) -> Value {
    let mut own: Vec<Value> =
        records(course).into_iter().filter(|record| record["student"]["key"] == key).collect();
    assert_eq!(own.len(), 1, "records of {key}");
    own.remove(0)
}

/// The status of each exercise of a record.
pub fn statuses(record: &Value) -> Vec<&str> {
    let exercises = record["exercises"].as_array().unwrap();
    exercises.iter().map(|exercise| exercise["status"].as_str().unwrap()).collect()
}

/// A zip with these files.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        zip.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What is in `out`, by name.
pub fn listing(course: &Mini) -> Vec<String> {
    let folder: PathBuf = course.path().join("out");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
