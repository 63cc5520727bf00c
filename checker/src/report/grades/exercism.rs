//! Exercism's `results.json`, version 3: one for each exercise of a student.

use serde::Serialize;

use crate::gradebook::record::Record;

use super::clean;
use super::error::FormatError;
use super::gradescope::json;
use super::roll::Entry;
use super::told::{Case, Mark, Reader, Told};

/// Characters of a message, and of a test's output.
const MESSAGE: usize = 65_535;
const OUTPUT: usize = 500;

#[derive(Serialize)]
struct Results {
    version: u32,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// What the student has to read first; the whole of it is the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task_id: Option<usize>,
}

/// The names of the student's exercises, each with its file. A submission of which nothing could be taken has
/// one called `submission`.
pub(super) fn render(record: &Record) -> Result<Vec<(String, Vec<u8>)>, FormatError> {
    let entry = Entry::of(record, Reader::Student);
    if entry.exercises.is_empty() {
        let results = error(format!("not graded: {}", entry.note()));
        return Ok(vec![("submission".to_owned(), json(&results)?)]);
    }
    let files = entry.exercises.iter().map(|told| Ok((told.name.clone(), json(&exercise(told))?)));
    files.collect()
}

/// Nothing ran, or nothing can be said: there are no tests.
fn error(message: String) -> Results {
    let message = Some(clean::cut(&message, MESSAGE).into_owned());
    Results { version: 3, status: "error", message, tests: Vec::new() }
}

fn exercise(told: &Told) -> Results {
    let message = told.message.as_deref().filter(|message| !message.is_empty());
    let status = match told.mark {
        Mark::Passed => "pass",
        Mark::Failed | Mark::Skipped => "fail",
        Mark::DidNotCompile => return error(message.unwrap_or("it does not compile").to_owned()),
        Mark::Missing => return error("not handed in".to_owned()),
        Mark::NotTaken => {
            return error(format!("not taken: {}", message.unwrap_or("a person has to look at it")));
        }
        Mark::NotGraded => {
            let why = message.unwrap_or("our own or the machine's trouble, and no fault of the submission");
            return error(format!("not graded: {why}"));
        }
    };
    let tests = told.cases.iter().map(test).collect();
    Results { version: 3, status, message: None, tests }
}

fn test(case: &Case) -> Test {
    let (status, told) = match case.mark {
        Mark::Passed => ("pass", None),
        Mark::NotGraded => ("error", case.summary.as_deref().or(Some("not graded"))),
        _ if case.hidden => ("fail", Some("a hidden scenario: its content is not told")),
        mark => ("fail", case.report.as_deref().or(case.summary.as_deref()).or(Some(mark.words()))),
    };
    let output = case.summary.as_deref().filter(|_| case.mark != Mark::Passed);
    Test {
        name: case.name.clone(),
        status,
        message: told.map(|told| clean::cut(told, MESSAGE).into_owned()),
        output: output.map(|output| clean::cut(output, OUTPUT).into_owned()),
        task_id: case.number,
    }
}
