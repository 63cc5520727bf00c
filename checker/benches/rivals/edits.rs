//! From a save to a verdict, for each exercise.

use std::path::PathBuf;

use serde_json::Value;

use crate::args::Args;
use crate::checkers::Checker;
use crate::contestant::{Contestant, Role, Run};
use crate::course_copy;
use crate::edit::{EDITS, Edit, Marks};
use crate::figures::Spread;
use crate::setups::{cargo, checker, nextest, rustlings::Community};
use crate::stopwatch::{Lap, Stopwatch};
use crate::table::Table;
use crate::tools::{NEXTEST, RUSTLINGS, Tools};
use crate::turns;
use crate::workshop::Workshop;

/// All that was measured for one edit.
struct Row {
    title: String,
    contestants: Vec<Contestant>,
    laps: Vec<Vec<Lap>>,
}

/// All that take part.
struct Field<'a> {
    workshop: &'a Workshop,
    /// Each checker has a course of its own.
    checkers: Vec<(&'a Checker, PathBuf)>,
    community: Option<Community>,
    nextest: bool,
}

/// Three tables: saves, phases and repeats, and the list.
pub fn measure(
    args: &Args,
    workshop: &Workshop,
    tools: &Tools,
    stopwatch: &Stopwatch,
    checkers: &[Checker],
) -> Result<Vec<Table>, String> {
    let rounds = args.rounds_or(20);
    let mut marks = Marks::new();
    let mut notes =
        vec![format!("Median of {rounds} rounds in turn; ratios pair by pair: median (min–max).")];
    let field = Field::open(workshop, tools, checkers, &mut notes)?;
    let mut rows = Vec::new();
    for edit in EDITS.iter().filter(|edit| args.wants(edit.exercise)) {
        eprintln!("rivals: {}", edit.title());
        let contestants = field.contestants(edit)?;
        let laps = turns::take(stopwatch, &contestants, rounds, &mut marks)?;
        rows.push(Row { title: edit.title(), contestants, laps });
    }
    let lists = field.lists();
    let laps = turns::take(stopwatch, &lists, rounds, &mut marks)?;
    Ok(vec![saves(&rows, notes), phases(&rows)?, list(&lists, &laps)])
}

impl<'a> Field<'a> {
    /// Notes which tools take part, or why one does not.
    fn open(
        workshop: &'a Workshop,
        tools: &Tools,
        checkers: &'a [Checker],
        notes: &mut Vec<String>,
    ) -> Result<Self, String> {
        let own = |checker: &'a Checker| Ok((checker, course_copy::solved(workshop, &checker.name)?));
        let checkers = checkers.iter().map(own).collect::<Result<_, String>>()?;
        let [rustlings, nextest] = [RUSTLINGS, NEXTEST].map(|tool| tools.ready(&tool));
        let community = rustlings.is_ok().then(|| Community::fresh(workshop)).transpose()?;
        let taking_part = nextest.is_ok();
        notes.extend([rustlings, nextest].map(|said| said.unwrap_or_else(|why| why)));
        Ok(Field { workshop, checkers, community, nextest: taking_part })
    }

    fn contestants(&self, edit: &Edit) -> Result<Vec<Contestant>, String> {
        let mut all = Vec::new();
        for (checker, course) in &self.checkers {
            all.extend(checker::contestants(checker, course, edit)?);
        }
        all.extend(cargo::contestants(self.workshop, edit)?);
        all.extend(self.community.as_ref().map(|course| course.contestant(edit)).transpose()?);
        if self.nextest {
            all.push(nextest::contestant(self.workshop, edit)?);
        }
        Ok(all)
    }

    fn lists(&self) -> Vec<Contestant> {
        let list = |(checker, course): &(&Checker, PathBuf)| Contestant {
            name: checker.name.clone(),
            role: Role::Unchanged,
            run: Run::new(course, [checker.binary.clone().into(), "list".into()]),
        };
        self.checkers.iter().map(list).collect()
    }
}

impl Row {
    /// The contestants of a role, with their milliseconds.
    fn of(&self, role: Role) -> impl Iterator<Item = (&str, &Vec<Lap>)> {
        let all = self.contestants.iter().zip(&self.laps);
        all.filter(move |(contestant, _)| contestant.role == role)
            .map(|(contestant, laps)| (contestant.name.as_str(), laps))
    }
}

fn saves(rows: &[Row], notes: Vec<String>) -> Table {
    let mut head = vec!["after an edit of".to_owned()];
    if let Some(row) = rows.first() {
        head.extend(row.of(Role::Save).map(|(name, _)| format!("{name}, ms")));
        let rivals = row.of(Role::Save).filter(|(name, _)| *name != cargo::NAME);
        head.extend(rivals.map(|(name, _)| format!("{name} ÷ {}", cargo::NAME)));
    }
    let cells = |row: &Row| {
        let times: Vec<(&str, Vec<f64>)> =
            row.of(Role::Save).map(|(name, laps)| (name, turns::times(laps))).collect();
        let plain: &[f64] =
            times.iter().find(|(name, _)| *name == cargo::NAME).map_or(&[], |(_, times)| times);
        let mut cells = vec![row.title.clone()];
        cells.extend(times.iter().map(|(_, times)| format!("{:.0}", Spread::of(times).median)));
        let rivals = times.iter().filter(|(name, _)| *name != cargo::NAME);
        cells.extend(rivals.map(|(_, times)| Spread::of_ratios(times, plain).to_string()));
        cells
    };
    let title = "From a save to the end: the verdict, or for `cargo build` the binary".to_owned();
    Table { title, head, rows: rows.iter().map(cells).collect(), notes }
}

fn phases(rows: &[Row]) -> Result<Table, String> {
    let mut head = vec!["ms".to_owned()];
    if let Some(row) = rows.first() {
        for (name, _) in row.of(Role::Phases) {
            head.extend(["compiling", "from its end to the verdict"].map(|phase| format!("{name}: {phase}")));
        }
        head.extend(row.of(Role::Unchanged).map(|(name, _)| format!("{name}, nothing changed")));
    }
    let mut lines = Vec::new();
    for row in rows {
        let mut cells = vec![row.title.clone()];
        for (_, laps) in row.of(Role::Phases) {
            let (mut build, mut drive) = (Vec::new(), Vec::new());
            for lap in laps {
                let (compiling, driving) = told(lap)?;
                build.push(compiling);
                drive.push(driving);
            }
            cells.extend([Spread::of(&build).ms(), Spread::of(&drive).ms()]);
        }
        cells.extend(row.of(Role::Unchanged).map(|(_, laps)| Spread::of(&turns::times(laps)).ms()));
        lines.push(cells);
    }
    let title = "Where the time goes, as the checker tells it, and a second run".to_owned();
    Ok(Table { title, head, rows: lines, notes: vec!["Median (min–max).".to_owned()] })
}

/// What the checker tells of its phases, in milliseconds.
///
/// # Errors
/// It did not compile: what we call an edit was none for it.
pub fn told(lap: &Lap) -> Result<(f64, f64), String> {
    let document: Value = serde_json::from_str(&lap.stdout)
        .map_err(|error| format!("the checker's JSON can't be read: {error}\n{}", lap.stdout))?;
    let exercise = &document["exercises"][0];
    if exercise["build"]["known"] != Value::Bool(false) {
        return Err(format!("the checker has not compiled the edit\n{}", lap.stdout));
    }
    let ms = |field: &str| {
        exercise[field].as_f64().ok_or_else(|| format!("there is no {field} in the checker's JSON"))
    };
    Ok((ms("build_ms")?, ms("drive_ms")?))
}

fn list(lists: &[Contestant], laps: &[Vec<Lap>]) -> Table {
    let row = |(contestant, laps): (&Contestant, &Vec<Lap>)| {
        vec![format!("{} list", contestant.name), Spread::of(&turns::times(laps)).ms()]
    };
    Table {
        title: "Start-up".to_owned(),
        head: vec!["command".to_owned(), "ms".to_owned()],
        rows: lists.iter().zip(laps).map(row).collect(),
        notes: Vec::new(),
    }
}
