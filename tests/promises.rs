//! What the real course promises in its READMEs is what its scenarios check.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn parse(path: impl AsRef<Path>) -> Value {
    Value::Table(read(path).parse().unwrap())
}

fn strings<'v>(values: &'v Value, key: &str) -> Vec<&'v str> {
    values.as_array().unwrap().iter().map(|value| value[key].as_str().unwrap()).collect()
}

fn exercises() -> Vec<String> {
    let names: Vec<String> = parse("course.toml")["exercises"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap().into())
        .collect();
    assert!(!names.is_empty());
    names
}

/// The names in the bullets below a heading: ``- `name`: …``.
#[track_caller]
fn promised(file: &str, heading: &str) -> BTreeSet<String> {
    let text = read(file);
    let lines = text.lines().skip_while(|line| *line != heading).skip(1);
    let bullets =
        lines.take_while(|line| !line.starts_with("## ")).filter_map(|line| line.strip_prefix("- "));
    let names = bullets.map(|bullet| {
        let name = bullet.strip_prefix('`').and_then(|rest| rest.split_once('`'));
        let (name, rest) = name.unwrap_or_else(|| panic!("{file}: no name in `{bullet}`"));
        assert!(rest.starts_with([':', '：']), "{file}: nothing is said of `{name}`");
        name.to_owned()
    });
    let names: Vec<String> = names.collect();
    let set: BTreeSet<String> = names.iter().cloned().collect();
    assert_eq!(set.len(), names.len(), "{file}: a promise stands there twice");
    set
}

#[test]
fn the_readmes_promise_what_is_checked() {
    for name in exercises() {
        let toml = parse(format!("exercises/{name}/exercise.toml"));
        let checked: BTreeSet<String> =
            strings(&toml["scenario"], "name").into_iter().map(str::to_owned).collect();
        let english = promised(&format!("exercises/{name}/README.md"), "## What is checked");
        let chinese = promised(&format!("exercises/{name}/README.zh.md"), "## 检查什么");
        assert_eq!(english, checked, "{name}/README.md");
        assert_eq!(chinese, checked, "{name}/README.zh.md");
    }
}

#[test]
fn every_exercise_has_hints_and_mistakes() {
    for name in exercises() {
        let hints = parse(format!("exercises/{name}/exercise.toml"))["hints"].as_array().unwrap().len();
        assert!(hints >= 2, "{name} has {hints} hints");
        let list = parse(format!("solutions/{name}/mistakes/mistakes.toml"));
        let mistakes = strings(&list["mistake"], "file").len();
        assert!(mistakes >= 6, "{name} has {mistakes} mistakes");
    }
}

#[test]
fn what_a_student_gets_is_the_starter() {
    for name in exercises() {
        let starter = format!("solutions/{name}/starter/src");
        let files = files_below(&root().join(&starter));
        assert!(!files.is_empty(), "{starter}");
        for file in files {
            let own = root().join("exercises").join(&name).join("src").join(&file);
            let starter = root().join(&starter).join(&file);
            assert_eq!(fs::read(own).ok(), fs::read(starter).ok(), "{name}: src/{}", file.display());
        }
    }
}

/// Relative to `folder`.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = PathBuf::from(entry.file_name());
        if entry.path().is_dir() {
            found.extend(files_below(&entry.path()).into_iter().map(|file| name.join(file)));
        } else {
            found.push(name);
        }
    }
    found
}
