//! PrairieLearn's grading results: one file for each student.

use serde::Serialize;

use crate::gradebook::record::Record;

use super::clean;
use super::error::FormatError;
use super::gradescope::{case_text, json};
use super::number::rounded;
use super::roll::Entry;
use super::told::Reader;

/// Bytes of the file: PrairieLearn takes no more than 1 MB, by either way of counting.
const LARGEST: usize = 1_000_000;

/// Characters of a test's output, one try after the other until the file is small enough.
const OUTPUTS: [usize; 5] = [20_000, 2_000, 200, 20, 0];

#[derive(Serialize)]
struct Results {
    /// False costs the student no attempt: how our own faults are told.
    gradable: bool,
    /// 0 to 1; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<u32>,
    max_points: u32,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    output: String,
}

/// The file of one student.
pub(super) fn render(record: &Record) -> Result<Vec<u8>, FormatError> {
    let entry = Entry::of(record, Reader::Student);
    for output in OUTPUTS {
        let bytes = json(&results(&entry, output))?;
        if bytes.len() <= LARGEST {
            return Ok(bytes);
        }
    }
    // More tests than there is room for: the score says it all.
    let message = "the tests are left out: they are too many".to_owned();
    json(&Results { message, tests: Vec::new(), ..results(&entry, 0) })
}

fn results(entry: &Entry, output: usize) -> Results {
    let possible = entry.record.points_possible;
    let share = |points: f64| if possible > 0.0 { (points / possible).clamp(0.0, 1.0) } else { 0.0 };
    let score = entry.standing.points().map(|points| rounded(share(points)));
    let note = entry.note();
    let message = if score.is_some() || note.is_empty() { note } else { format!("not graded: {note}") };
    let tests = entry.cases().map(|(told, case)| {
        let text = if case.mark == super::told::Mark::Passed { String::new() } else { case_text(case) };
        Test {
            name: clean::cut(&format!("{}: {}", told.name, case.name), 200).into_owned(),
            points: case.points.filter(|_| score.is_some()),
            max_points: case.possible,
            message: clean::cut(case.summary.as_deref().unwrap_or_default(), 500.min(output)).into_owned(),
            output: clean::cut(&text, output).into_owned(),
        }
    });
    Results {
        gradable: score.is_some(),
        score,
        message: clean::cut(&message, 5_000).into_owned(),
        tests: tests.collect(),
    }
}
