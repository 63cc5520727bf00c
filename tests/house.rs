//! The rules of the house, held by reading the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Which rooms a room may import. A room that is not here may not be.
const MAY_IMPORT: [(&str, &[&str]); 18] = [
    // Leaves: bytes, commands and limits.
    ("record", &[]),
    ("scenario", &[]),
    ("sandbox", &[]),
    ("gradebook", &[]),
    // Texts alone.
    ("mutate", &[]),
    ("similar", &[]),
    // Strangers' archives and folders.
    ("submission", &["gradebook"]),
    // The way of the data.
    ("course", &["scenario", "record"]),
    ("plan", &["course", "scenario"]),
    ("build", &["record", "scenario", "sandbox"]),
    ("drive", &["scenario", "record", "sandbox"]),
    ("verdict", &["record", "scenario"]),
    ("event", &["verdict", "record"]),
    ("run", &["course", "plan", "build", "drive", "verdict", "event", "record", "scenario", "sandbox"]),
    // What becomes of it. Neither sees `build`, `drive` or `sandbox`.
    (
        "report",
        &["course", "gradebook", "mutate", "submission", "plan", "event", "verdict", "record", "scenario"],
    ),
    ("progress", &["record", "event", "verdict"]),
    // The one loop for a whole class, and what stays of it.
    (
        "grade",
        &[
            "course",
            "plan",
            "build",
            "event",
            "run",
            "verdict",
            "report",
            "gradebook",
            "submission",
            "sandbox",
            "record",
            "scenario",
        ],
    ),
    (
        "cli",
        &[
            "grade",
            "gradebook",
            "similar",
            "submission",
            "course",
            "plan",
            "build",
            "drive",
            "verdict",
            "event",
            "run",
            "report",
            "progress",
            "record",
            "scenario",
            "sandbox",
            "mutate",
        ],
    ),
];

/// Where a line is written without a command that asked for it: the processes that the checker starts of
/// itself.
const HIDDEN_ENTRY_POINTS: [&str; 4] =
    ["sandbox/probe.rs", "drive/nursery.rs", "build/boxed/helper.rs", "build/linking/stand_in.rs"];

const LONGEST: usize = 400;

fn manifest() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `folder`, by its path there.
fn sources(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), text);
            }
        }
    }
    assert!(found.len() > 20, "where are the sources of {}?", folder.display());
    found
}

fn room_of(file: &Path) -> String {
    let first = file.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The rooms that a text names: `crate::room`, and `room` in `use crate::{room, …}`.
fn named(text: &str) -> BTreeSet<String> {
    let single = Regex::new(r"\bcrate::([a-z_]+)").unwrap();
    let list = Regex::new(r"\bcrate::\{([^;]*)\}").unwrap();
    let nested = Regex::new(r"\{[^{}]*\}").unwrap();
    let mut rooms: BTreeSet<String> = single.captures_iter(text).map(|found| found[1].to_owned()).collect();
    for found in list.captures_iter(text) {
        let flat = nested.replace_all(&found[1], "");
        rooms.extend(flat.split(',').map(|one| one.trim().split("::").next().unwrap().to_owned()));
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

/// Rooms, and which they import, as the sources have it.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in sources(&manifest().join("src")) {
        let room = room_of(&file);
        if room != "lib" && room != "main" {
            imports
                .entry(room.clone())
                .or_default()
                .extend(named(&text).into_iter().filter(|other| *other != room));
        }
    }
    imports
}

#[test]
fn a_room_imports_only_rooms_upstream_of_it() {
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        MAY_IMPORT.iter().map(|(room, others)| (*room, others.iter().copied().collect())).collect();
    for (room, others) in imports() {
        let allowed =
            allowed.get(room.as_str()).unwrap_or_else(|| panic!("`{room}` has no row in the table"));
        let wrong: Vec<&String> = others.iter().filter(|other| !allowed.contains(other.as_str())).collect();
        assert!(wrong.is_empty(), "`{room}` imports {wrong:?}");
    }
}

#[test]
fn no_room_leads_back_to_itself() {
    let mut rooms = imports();
    while !rooms.is_empty() {
        let known: BTreeSet<String> = rooms.keys().cloned().collect();
        let ends: Vec<String> =
            rooms.iter().filter(|(_, to)| to.is_disjoint(&known)).map(|(room, _)| room.clone()).collect();
        assert!(!ends.is_empty(), "these import each other in a circle: {rooms:?}");
        rooms.retain(|room, _| !ends.contains(room));
    }
}

#[test]
fn imports_are_read_in_every_form() {
    let text = "use crate::course::{Course, Exercise};\nuse crate::{plan, run::{cancel, queue}};\nlet x = crate::build::go();";
    let wanted = ["build", "course", "plan", "run"].map(str::to_owned);
    assert_eq!(named(text), BTreeSet::from(wanted));
}

#[test]
fn a_file_is_one_idea() {
    for folder in [manifest().join("src"), manifest().join("../tests")] {
        for (file, text) in sources(&folder) {
            let lines = text.lines().count();
            assert!(lines <= LONGEST, "{} has {lines} lines", file.display());
        }
    }
}

#[test]
fn only_commands_print() {
    let print = Regex::new(r"(?m)^[^/\n]*\be?print(ln)?!\s*[(\[{]").unwrap();
    let quoted = Regex::new(r#""(\\.|[^"\\])*""#).unwrap();
    for (file, text) in sources(&manifest().join("src")) {
        if room_of(&file) == "cli" || HIDDEN_ENTRY_POINTS.iter().any(|entry| file == Path::new(entry)) {
            continue;
        }
        let found = print.find(&quoted.replace_all(&text, "\"\"")).map(|found| found.as_str().to_owned());
        assert_eq!(found, None, "{} prints", file.display());
    }
}
