//! Gradescope's `results.json`. Students see all of it: hiding a test there would hide the total from them,
//! so that hidden scenarios are visible, and only their name and content are not told.

use serde::Serialize;

use crate::gradebook::record::Record;

use super::clean;
use super::error::FormatError;
use super::number::{rounded, seconds};
use super::roll::{Entry, points_of};
use super::standing::Standing;
use super::told::{Case, Mark, Reader, Told};

/// Characters of a test's output.
const OUTPUT: usize = 20_000;

#[derive(Serialize)]
struct Results {
    /// Left out, as are those of the tests, where there is no grade: Gradescope then takes the run for a
    /// failure of the grader's, which it is, and gives no zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    execution_time: f64,
    output: String,
    output_format: &'static str,
    test_output_format: &'static str,
    visibility: &'static str,
    stdout_visibility: &'static str,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u32>,
    max_score: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    name: String,
    number: String,
    output: String,
    visibility: &'static str,
}

/// The file of one student.
pub(super) fn render(record: &Record) -> Result<Vec<u8>, FormatError> {
    let entry = Entry::of(record, Reader::Student);
    let score = entry.standing.points().map(rounded);
    let mut tests = Vec::new();
    for (at, told) in entry.exercises.iter().enumerate() {
        tests.extend(told.cases.iter().map(|case| test(at + 1, told, case, score.is_some())));
    }
    let results = Results {
        score,
        execution_time: seconds(record.took_ms),
        output: output(&entry),
        output_format: "text",
        test_output_format: "text",
        visibility: "visible",
        stdout_visibility: "hidden",
        tests,
    };
    json(&results)
}

/// Any of the JSON formats, indented, with a line end.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, FormatError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| {
        FormatError::asked(format!("the grades can't be written: {error}"), "report this")
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What is to be said of the submission as a whole.
fn output(entry: &Entry) -> String {
    let mut lines = Vec::new();
    match &entry.standing {
        Standing::NotGraded(why) => lines.push(format!("not graded: {}", why.text())),
        Standing::Graded(_) => lines.extend(Some(entry.note()).filter(|note| !note.is_empty())),
    }
    if entry.record.penalty > 0.0 && entry.standing.points().is_some() {
        let (penalty, days) = (super::number::points(entry.record.penalty), entry.record.days_late);
        let days = format!("{days} {} late", if days == 1 { "day" } else { "days" });
        lines.push(format!("{penalty} points were taken off: {days}"));
    }
    lines.join("\n")
}

fn test(exercise: usize, told: &Told, case: &Case, graded: bool) -> Test {
    let number = case.number.map_or_else(|| exercise.to_string(), |number| format!("{exercise}.{number}"));
    Test {
        score: case.points.filter(|_| graded),
        max_score: case.possible,
        status: match case.mark {
            Mark::Passed => Some("passed"),
            Mark::Failed | Mark::DidNotCompile | Mark::Missing => Some("failed"),
            Mark::Skipped | Mark::NotTaken | Mark::NotGraded => None,
        },
        name: format!("{}: {}", told.name, case.name),
        number,
        output: clean::cut(&case_text(case), OUTPUT).into_owned(),
        visibility: "visible",
    }
}

/// What a student is told of a case in plain text; for a hidden one, that it is hidden.
pub(super) fn case_text(case: &Case) -> String {
    let points = points_of(case.points, case.possible);
    let flaky = if case.flaky { ", on the second try" } else { "" };
    let head = format!("{}{flaky}: {points}", case.mark.words());
    let head = if case.mark == Mark::NotGraded { "not graded".to_owned() } else { head };
    let rest = match (&case.report, &case.summary) {
        _ if case.hidden && case.mark != Mark::Passed => "a hidden scenario: its content is not told",
        (Some(report), _) => report,
        (None, Some(summary)) => summary,
        (None, None) => "",
    };
    if rest.is_empty() { head } else { format!("{head}\n\n{rest}") }
}
