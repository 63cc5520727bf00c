//! What an instructor reads when a class is graded.

use std::fmt::Write;
use std::time::Duration;

use super::tally::duration;
use super::terminal::{Look, paragraph};
use crate::gradebook::record::{ExerciseGrade, ExerciseStatus, LEFT_OUT, Record, ScenarioStatus};
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
    let mut out = paragraph(
        &format!(
            "{} in {}; {} run.",
            count(run.submissions as u64, "submission", "submissions"),
            duration(run.took),
            count(run.ran as u64, "exercise was", "exercises were"),
        ),
        look,
    );
    list(&mut out, "slowest", slowest(records), look);
    list(&mut out, "passed only when tried again, alone", flaky(records), look);
    list(&mut out, "not graded, to be tried again by the next run", open(records), look);
    let left_out = exercises(records).filter(|(_, exercise)| is_left_out(exercise)).count() as u64;
    if left_out > 0 {
        let left_out = count(left_out, "exercise was", "exercises were");
        out.push_str(&paragraph(&format!("{left_out} left out by --only and not graded before"), look));
    }
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

fn is_left_out(exercise: &ExerciseGrade) -> bool {
    exercise.status == ExerciseStatus::NotGraded && exercise.message.as_deref() == Some(LEFT_OUT)
}

fn open(records: &[Record]) -> Vec<String> {
    exercises(records)
        .filter(|(_, exercise)| !is_left_out(exercise))
        .filter_map(|(record, exercise)| {
            let scenario = exercise.scenarios.iter().find(|one| one.status == ScenarioStatus::NotGraded);
            let why = match scenario {
                Some(scenario) => scenario.summary.clone(),
                None if exercise.status == ExerciseStatus::NotGraded => exercise.message.clone(),
                None => return None,
            };
            Some(format!("{} {}: {}", key(record), exercise.name, why.unwrap_or_default()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gradebook::record::{SCHEMA, ScenarioGrade, Student};

    fn exercise(status: ExerciseStatus, took: u64, flaky: bool) -> ExerciseGrade {
        let scenario = ScenarioGrade {
            number: 1,
            name: "it works".into(),
            hidden: false,
            status: ScenarioStatus::Passed,
            points: 1,
            points_possible: 1,
            finding: None,
            summary: None,
            report: None,
            flaky,
            took_ms: took,
        };
        ExerciseGrade {
            name: "01_demo".into(),
            title: String::new(),
            status,
            points: 1,
            points_possible: 1,
            digest: String::new(),
            message: (status == ExerciseStatus::NotGraded).then(|| "the disk is full".to_owned()),
            scenarios: vec![scenario],
            build_ms: 0,
            drive_ms: took,
            rung: None,
        }
    }

    fn record(key: &str, exercise: ExerciseGrade) -> Record {
        Record {
            schema: SCHEMA.to_owned(),
            student: Student { key: key.to_owned(), ..Student::default() },
            exercises: vec![exercise],
            points: 1.0,
            points_possible: 1.0,
            rung: 3,
            ..Record::default()
        }
    }

    #[test]
    fn the_slowest_the_flaky_and_what_was_not_graded_are_named() {
        let records = [
            record("ann", exercise(ExerciseStatus::Passed, 1234, true)),
            record("b\u{1b}b", exercise(ExerciseStatus::NotGraded, 0, false)),
            record("cyd", exercise(ExerciseStatus::Passed, 7000, false)),
        ];
        let run = Run { submissions: 3, ran: 2, took: Duration::from_secs(75) };
        insta::assert_snapshot!(closing(&records, &run, Look { width: 80, color: false }), @r"
          3 submissions in 1 min 15 s; 2 exercises were run.
          slowest:
          cyd 01_demo, 7.0 s
          ann 01_demo, 1.2 s
          passed only when tried again, alone:
          ann 01_demo: it works
          not graded, to be tried again by the next run:
          b\u{1b}b 01_demo: the disk is full
        ");
    }
}
