//! What an exercise costs in courses of 10, 100 and 1,000.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::args::Args;
use crate::checkers::Checker;
use crate::contestant::{Contestant, Role, Run};
use crate::course_copy::lay_in;
use crate::edit::Marks;
use crate::figures::Spread;
use crate::files;
use crate::stopwatch::{Lap, Stopwatch};
use crate::table::Table;
use crate::turns;
use crate::workshop::Workshop;

const SIZES: [usize; 3] = [10, 100, 1000];

/// Made of this one, solved.
const MODEL: &str = "01_udp_send";

pub fn measure(
    args: &Args,
    workshop: &Workshop,
    stopwatch: &Stopwatch,
    checkers: &[Checker],
) -> Result<Table, String> {
    let rounds = args.rounds_or(20);
    let mut contestants = Vec::new();
    for checker in checkers {
        for size in SIZES {
            eprintln!("rivals: {}, a course of {size} exercises", checker.name);
            let course = make(workshop, &checker.name, size)?;
            contestants.extend(set_up(workshop, checker, &course, size)?);
        }
    }
    let laps = turns::take(stopwatch, &contestants, rounds, &mut Marks::new())?;
    let mut head = vec!["ms, in a course of".to_owned()];
    head.extend(SIZES.map(|size| size.to_string()));
    let notes = vec![
        format!(
            "Median (min–max) of {rounds} rounds in turn. Exercises are copies of {MODEL}, solved, its binary known."
        ),
        "`next` has all but the last exercise done, and proves that; `run` proves the last.".to_owned(),
    ];
    Ok(Table { title: "Growth".to_owned(), head, rows: rows(&contestants, &laps), notes })
}

/// A row for each command of each checker: they stand in `contestants` by checker, size and command.
fn rows(contestants: &[Contestant], laps: &[Vec<Lap>]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (contestant, laps) in contestants.iter().zip(laps) {
        let cell = Spread::of(&turns::times(laps)).ms();
        match rows.iter_mut().find(|row| row[0] == contestant.name) {
            Some(row) => row.push(cell),
            None => rows.push(vec![contestant.name.clone(), cell]),
        }
    }
    rows
}

/// The name of the exercise with this number, from 1.
fn name(number: usize) -> String {
    format!("{number:04}_made_{number}")
}

/// A course of so many exercises.
fn make(workshop: &Workshop, checker: &str, size: usize) -> Result<PathBuf, String> {
    let course = workshop.folder.join("courses").join(format!("{checker}-{size}"));
    files::fresh(&course)?;
    let model = workshop.folder.join("courses/model");
    files::fresh(&model)?;
    files::copy(&workshop.repo.join("exercises").join(MODEL), &model)?;
    lay_in(&workshop.repo.join("solutions").join(MODEL), &model)?;
    let manifest = files::read(&model.join("Cargo.toml"))?;
    for number in 1..=size {
        let folder = course.join("exercises").join(name(number));
        files::copy(&model, &folder)?;
        let own = manifest.replace("\"udp_send\"", &format!("\"made_{number}\""));
        files::write(&folder.join("Cargo.toml"), own)?;
    }
    let names: Vec<String> = (1..=size).map(|number| format!("  {:?},\n", name(number))).collect();
    let text = format!("title = \"A made course\"\nexercises = [\n{}]\n", names.concat());
    files::write(&course.join("course.toml"), text)?;
    files::write(&course.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"exercises/*\"]\n")?;
    Ok(course)
}

/// `run` of the last, `next` that finds it, and `list`.
fn set_up(
    workshop: &Workshop,
    checker: &Checker,
    course: &Path,
    size: usize,
) -> Result<Vec<Contestant>, String> {
    let last = name(size);
    let progress = course.join(".checker/progress.json");
    let binary: OsString = checker.binary.clone().into();
    let run = |argv: &[&str]| {
        let mut run = Run::new(course, [binary.clone()]);
        run.argv.extend(argv.iter().map(OsString::from));
        run
    };
    let program = checker.binary.to_string_lossy();
    // Its binary is known from here on, and the record has an entry.
    workshop.output(&[&program, "run", &last], course)?;
    files::write(&progress, all_but_last(&files::read(&progress)?, size)?)?;
    // The checker itself tells that nothing of the others has changed, and remembers by what it knows.
    workshop.output(&[&program], course)?;
    let done = files::read(&progress)?;
    // A verdict from record would drive nothing.
    let anew = workshop.output(&[&program, "run", "--help"], course)?.contains("--fresh");
    let mut proved = run(&["run", &last]);
    proved.argv.extend(anew.then(|| "--fresh".into()));
    let mut next = run(&["next"]);
    next.argv.extend(anew.then(|| "--fresh".into()));
    next.restored = Some((progress, done.into_bytes()));
    next.says = Some(last);
    let named = |command: &str, run| Contestant {
        name: format!("{} {command}", checker.name),
        role: Role::Unchanged,
        run,
    };
    Ok(vec![named("run", proved), named("next", next), named("list", run(&["list"]))])
}

/// A record of all but the last as done. All are alike but for their names, and so are their entries: the
/// checker's own, of the last, is given to each of the others.
fn all_but_last(record: &str, size: usize) -> Result<String, String> {
    let unreadable = |why: String| format!("the checker's record can't be used: {why}");
    let mut record: Value = serde_json::from_str(record).map_err(|error| unreadable(error.to_string()))?;
    let entries = record["exercises"].as_object_mut();
    let entries = entries.ok_or_else(|| unreadable("it has no `exercises`".to_owned()))?;
    let entry = entries.remove(&name(size)).ok_or_else(|| unreadable(format!("no {}", name(size))))?;
    entries.extend((1..size).map(|number| (name(number), entry.clone())));
    serde_json::to_string_pretty(&record).map_err(|error| unreadable(error.to_string()))
}
