//! What an instructor reads when a class is graded.

use std::fmt::Write;
use std::time::Duration;

use super::tally::{Tally, duration};
use super::terminal::{Look, paragraph};
use crate::gradebook::record::{ExerciseGrade, Record};
use crate::verdict::explain::literal::harmless;
use crate::verdict::explain::words::count;

/// So many of each list are named.
const NAMED: usize = 5;

/// What the batch itself came to.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    pub submissions: usize,
    /// Exercises that were run; the others stand from before, or there was nothing to run.
    pub ran: usize,
    pub took: Duration,
}

/// How many, which took longest, which are flaky, which were not graded.
pub fn closing(records: &[Record], run: &Run, look: Look) -> String {
    let mut tally = Tally::default();
    for (_, exercise) in exercises(records) {
        tally.add(exercise.status);
    }
    let mut out = paragraph(
        &format!(
            "{} in {}; {} run. {}.",
            count(run.submissions as u64, "submission", "submissions"),
            duration(run.took),
            count(run.ran as u64, "exercise was", "exercises were"),
            tally.words()
        ),
        look,
    );
    list(&mut out, "slowest", slowest(records), look);
    list(&mut out, "passed only when tried again, alone", flaky(records), look);
    list(&mut out, "not graded, to be tried again by the next run", open(records), look);
    out
}

fn exercises(records: &[Record]) -> impl Iterator<Item = (&Record, &ExerciseGrade)> {
    records.iter().flat_map(|record| record.exercises.iter().map(move |exercise| (record, exercise)))
}

fn list(out: &mut String, what: &str, mut lines: Vec<String>, look: Look) {
    if lines.is_empty() {
        return;
    }
    let more = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    // Writing to a string can't fail.
    let _ = writeln!(out, "  {what}:");
    for line in lines {
        out.push_str(&paragraph(&line, look));
    }
}

fn key(record: &Record) -> String {
    harmless(record.student.key.as_bytes())
}

fn slowest(records: &[Record]) -> Vec<String> {
    let mut all: Vec<(u64, String)> = exercises(records)
        .map(|(record, exercise)| (exercise.build_ms + exercise.drive_ms, record, exercise))
        .filter(|(took, ..)| *took > 0)
        .map(|(took, record, exercise)| (took, format!("{} {}", key(record), exercise.name)))
        .collect();
    all.sort_by(|one, other| other.cmp(one));
    all.truncate(NAMED);
    all.into_iter().map(|(took, name)| format!("{name}, {:.1} s", took as f64 / 1000.0)).collect()
}

fn flaky(records: &[Record]) -> Vec<String> {
    exercises(records)
        .flat_map(|(record, exercise)| {
            let flaky = exercise.scenarios.iter().filter(|scenario| scenario.flaky);
            flaky.map(move |scenario| {
                format!("{} {}: {}", key(record), exercise.name, harmless(scenario.name.as_bytes()))
            })
        })
        .collect()
}

fn open(records: &[Record]) -> Vec<String> {
    use crate::gradebook::record::{ExerciseStatus::NotGraded, ScenarioStatus};
    exercises(records)
        .filter_map(|(record, exercise)| {
            let scenario = exercise.scenarios.iter().find(|one| one.status == ScenarioStatus::NotGraded);
            let why = match scenario {
                Some(scenario) => scenario.summary.clone(),
                None if exercise.status == NotGraded => exercise.message.clone(),
                None => return None,
            };
            Some(format!("{} {}: {}", key(record), exercise.name, why.unwrap_or_default()))
        })
        .collect()
}
