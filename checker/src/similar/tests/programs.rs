//! The course's own programs as submissions.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::Submission;

pub const EXERCISES: [&str; 7] = [
    "01_udp_send",
    "02_udp_echo_server",
    "03_tcp_one_liner",
    "04_multi_client",
    "05_long_connection",
    "06_file_upload",
    "07_multiprocess",
];

fn solutions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../solutions")
}

fn rust_files(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, root, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
}

/// The `src/**` of a crate in an exercise's folder of solutions, as the submission of `key`.
fn crate_at(exercise: &str, folder: &str, key: &str) -> Submission {
    let root = solutions().join(exercise).join(folder);
    let mut files = Vec::new();
    rust_files(&root.join("src"), &root, &mut files);
    Submission { exercise: exercise.to_owned(), key: key.to_owned(), files }
}

pub fn solution(exercise: &str, key: &str) -> Submission {
    crate_at(exercise, ".", key)
}

pub fn starter(exercise: &str, key: &str) -> Submission {
    crate_at(exercise, "starter", key)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Programs for the same task that were written independently of each other: each by its name.
pub fn variants(exercise: &str) -> Vec<Submission> {
    let names = names(&solutions().join(exercise).join("variants"));
    names.iter().map(|name| crate_at(exercise, &format!("variants/{name}"), name)).collect()
}

/// Programs that are one mistake away from a common one, each by its name and under the path that it replaces.
pub fn mistakes(exercise: &str) -> Vec<Submission> {
    let folder = solutions().join(exercise).join("mistakes");
    let list = fs::read_to_string(folder.join("mistakes.toml")).unwrap();
    let values = |key: &str| {
        let lines =
            list.lines().filter_map(move |line| line.strip_prefix(&format!("{key} = ")).map(str::to_owned));
        lines.map(|value| value.trim_matches('"').to_owned()).collect::<Vec<String>>()
    };
    let entries: BTreeMap<String, String> = values("file").into_iter().zip(values("replaces")).collect();
    let read = |(file, path): (String, String)| {
        let text = fs::read_to_string(folder.join(&file)).unwrap();
        Submission { exercise: exercise.to_owned(), key: file, files: vec![(path, text)] }
    };
    entries.into_iter().map(read).collect()
}

/// For each exercise its starter.
pub fn starters() -> BTreeMap<String, Vec<String>> {
    let texts = |exercise: &str| starter(exercise, "").files.into_iter().map(|(_, text)| text).collect();
    EXERCISES.iter().map(|exercise| ((*exercise).to_owned(), texts(exercise))).collect()
}
