//! `classroom50/result/v1`: one file for each student.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::gradebook::record::{Record, Student};

use super::clean;
use super::error::FormatError;
use super::gradescope::json;
use super::options::ClassroomOptions;
use super::roll::Entry;
use super::told::{Case, Mark, Reader, Told};
use super::utc::utc;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Test {
    test_name: String,
    passed: bool,
    score: u32,
    max_score: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

#[derive(Serialize)]
struct Results<'a> {
    schema: &'static str,
    classroom: &'a str,
    assignment: &'a str,
    assignment_type: &'static str,
    owner: String,
    submission: &'a str,
    commit: &'a str,
    release: &'a str,
    review: &'a str,
    datetime: String,
    graded_at: String,
    score: u64,
    #[serde(rename = "max-score")]
    max_score: u64,
    tests: Vec<Test>,
}

/// The file of one student. The format knows whole points alone, and no way to say "not graded" but this: such
/// a test is worth nothing of nothing, and a result without a grade is 0 of 0.
pub(super) fn render(record: &Record, options: &ClassroomOptions) -> Result<Vec<u8>, FormatError> {
    let needed = |value: &'_ Option<String>, what: &str, option: &str| {
        value.clone().filter(|value| !value.is_empty()).ok_or_else(|| {
            FormatError::asked(
                format!("Classroom 50 needs the {what}"),
                format!("give it with `{option} NAME`"),
            )
        })
    };
    let classroom = needed(&options.classroom, "classroom's short name", ClassroomOptions::CLASSROOM_OPTION)?;
    let assignment = needed(&options.assignment, "assignment's slug", ClassroomOptions::ASSIGNMENT_OPTION)?;
    let entry = Entry::of(record, Reader::Student);
    let points = entry.standing.points();
    let tests = entry.cases().map(|(told, case)| test(told, case, points.is_some()));
    let max_score = points.map_or(0, |_| whole(record.points_possible));
    let submitted = utc(record.submitted_at.unwrap_or(record.graded_at));
    // No tag, commit or release is known: the tag that Classroom 50 would have made stands for all of them.
    let tag = tag(&submitted, &record.digest);
    let results = Results {
        schema: "classroom50/result/v1",
        classroom: &classroom,
        assignment: &assignment,
        assignment_type: "individual",
        owner: owner(&record.student, options),
        submission: &tag,
        commit: &tag,
        release: &tag,
        review: &tag,
        datetime: submitted.clone(),
        graded_at: utc(record.graded_at),
        score: points.map_or(0, whole).min(max_score),
        max_score,
        tests: tests.collect(),
    };
    json(&results)
}

/// To the nearest whole number.
fn whole(points: f64) -> u64 {
    points.max(0.0).round() as u64
}

/// `submit/2026-11-20T10-25-49Z-1a2b3c4`.
fn tag(submitted: &str, digest: &str) -> String {
    let short: String = digest.chars().filter(char::is_ascii_hexdigit).take(7).collect();
    format!("submit/{}-{short}", submitted.replace(':', "-"))
}

/// Holds the roster's column against the records, before any file is made.
pub(super) fn check(records: &[Record], options: &ClassroomOptions) -> Result<(), FormatError> {
    let Some(column) = &options.owner_column else { return Ok(()) };
    if records.is_empty() || records.iter().any(|record| record.student.more.contains_key(column)) {
        return Ok(());
    }
    let known: BTreeSet<&str> =
        records.iter().flat_map(|record| record.student.more.keys().map(String::as_str)).collect();
    let known: Vec<String> = known.into_iter().map(|column| format!("`{}`", clean::line(column))).collect();
    let known =
        if known.is_empty() { "there are none".to_owned() } else { format!("known: {}", known.join(", ")) };
    Err(FormatError::asked(
        format!("no roster has a column `{}` with GitHub user names", clean::line(column)),
        format!("name one of its columns with `{} NAME`; {known}", ClassroomOptions::OWNER_OPTION),
    ))
}

/// The GitHub user name; the key for a student whom the roster has none of.
fn owner(student: &Student, options: &ClassroomOptions) -> String {
    let named = options.owner_column.as_ref().and_then(|column| student.more.get(column));
    let owner = named.map(|owner| owner.trim()).filter(|owner| !owner.is_empty());
    match clean::line(owner.unwrap_or(&student.key)) {
        owner if owner.is_empty() => "unknown".to_owned(),
        owner => owner.into_owned(),
    }
}

fn test(told: &Told, case: &Case, graded: bool) -> Test {
    let open = case.mark == Mark::NotGraded || !graded;
    let message = match case.mark {
        Mark::Passed => None,
        mark if case.hidden => Some(mark.words().to_owned()),
        mark => Some(clean::cut(case.summary.as_deref().unwrap_or(mark.words()), 500).into_owned()),
    };
    let possible = if open { 0 } else { case.possible };
    Test {
        test_name: format!("{}: {}", told.name, case.name),
        passed: case.mark == Mark::Passed,
        score: case.points.unwrap_or(0).min(possible),
        max_score: possible,
        message,
    }
}
