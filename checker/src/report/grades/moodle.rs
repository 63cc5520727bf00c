//! Moodle's grading worksheet, filled in. Only the cells of grades and feedback change.

use std::collections::{BTreeMap, BTreeSet};

use crate::gradebook::record::Record;

use super::clean;
use super::error::FormatError;
use super::number;
use super::options::{GivenFile, MoodleColumns, MoodleOptions};
use super::person::Person;
use super::roll::{Entry, points_of};
use super::sheet::{Row, Sheet};
use super::standing::{Standing, Why};
use super::told::{Case, Mark, Reader};

/// Characters of the feedback: the grade book's cell is for a glance, the feedback file for the rest.
const FEEDBACK: usize = 8_000;

/// Where the worksheet has what.
struct Columns {
    id: usize,
    name: Option<usize>,
    email: Option<usize>,
    grade: usize,
    feedback: Option<usize>,
    maximum: Option<usize>,
}

/// The worksheet's bytes, and a note for each row or record that has no partner, or got no grade.
pub(super) fn render(
    records: &[Record],
    options: &MoodleOptions,
) -> Result<(Vec<u8>, Vec<String>), FormatError> {
    let file = options.worksheet.as_ref().ok_or_else(|| {
        FormatError::asked(
            "Moodle takes grades only in its own worksheet",
            format!(
                "download the grading worksheet, and give it with `{} FILE`",
                MoodleOptions::WORKSHEET_OPTION
            ),
        )
    })?;
    fill(records, file, &options.columns)
}

fn fill(
    records: &[Record],
    file: &GivenFile,
    names: &MoodleColumns,
) -> Result<(Vec<u8>, Vec<String>), FormatError> {
    let mut sheet = Sheet::parse(file)?;
    let columns = columns(&sheet, names)?;
    let mut waiting = by_id(records)?;
    let mut notes = Vec::new();
    let mut filled: BTreeMap<String, u64> = BTreeMap::new();
    let mut others = BTreeSet::new();
    for row in sheet.rows() {
        let id = participant(&sheet.cell(&row, columns.id));
        if let Some(line) = filled.insert(id.clone(), row.line) {
            let what = format!("participant {} has two rows, the first in line {line}", clean::line(&id));
            return Err(sheet.fault(&row, what, "download the worksheet again"));
        }
        match waiting.remove(&id) {
            Some(record) if !of_row(&sheet, &row, &columns).may_be(&of_record(record)) => {
                notes.push(format!(
                    "{}:{}: participant {} is {}, and on record {} ({}) has that number; the row stays as it was: mend \
                     the roster's id, name or email",
                    file.path.display(),
                    row.line,
                    clean::line(&id),
                    of_row(&sheet, &row, &columns),
                    clean::line(&record.student.key),
                    of_record(record)
                ));
            }
            Some(record) => {
                others.extend(other_maximum(&sheet, &row, &columns, record));
                notes.extend(grade(&mut sheet, &row, &columns, record)?);
            }
            None => notes.push(format!(
                "{}:{}: participant {} has no submission here; the row stays as it was",
                file.path.display(),
                row.line,
                clean::line(&id)
            )),
        }
    }
    notes.extend(others);
    notes.extend(strangers(records, &waiting));
    Ok((sheet.finish(), notes))
}

fn columns(sheet: &Sheet, names: &MoodleColumns) -> Result<Columns, FormatError> {
    let needed = |name: &str| {
        sheet.column(name).ok_or_else(|| {
            sheet.header_fault(
                format!(
                    "the worksheet has no column `{}`; its columns are {}",
                    clean::line(name),
                    sheet.listed()
                ),
                format!(
                    "if Moodle speaks another language, say what it calls them: `{} NAME` (\"Participant 17\"), \
                     `{} NAME` (full names), `{} NAME` (addresses), `{} NAME` (the grade), `{} NAME` (comments), \
                     `{} NAME` (the highest grade)",
                    MoodleColumns::ID_OPTION,
                    MoodleColumns::NAME_OPTION,
                    MoodleColumns::EMAIL_OPTION,
                    MoodleColumns::GRADE_OPTION,
                    MoodleColumns::FEEDBACK_OPTION,
                    MoodleColumns::MAXIMUM_OPTION
                ),
            )
        })
    };
    Ok(Columns {
        id: needed(&names.id)?,
        name: sheet.column(&names.name),
        email: sheet.column(&names.email),
        grade: needed(&names.grade)?,
        feedback: sheet.column(&names.feedback),
        maximum: sheet.column(&names.maximum),
    })
}

fn of_row(sheet: &Sheet, row: &Row, columns: &Columns) -> Person {
    let told = |column: Option<usize>| column.map_or_else(String::new, |column| sheet.cell(row, column));
    Person::new(told(columns.name), told(columns.email))
}

fn of_record(record: &Record) -> Person {
    let told = |text: &Option<String>| text.clone().unwrap_or_default();
    Person::new(told(&record.student.name), told(&record.student.email))
}

/// The number of `Participant 17`, in whatever language: its last digits. Without any, all of it.
fn participant(text: &str) -> String {
    let text = text.trim();
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number = text[text.len() - digits..].trim_start_matches('0');
    if number.is_empty() { text.to_owned() } else { number.to_owned() }
}

/// The records that have an id, by their participant's number.
fn by_id(records: &[Record]) -> Result<BTreeMap<String, &Record>, FormatError> {
    let mut known: BTreeMap<String, &Record> = BTreeMap::new();
    for record in records {
        let Some(id) = record.student.id.as_deref().filter(|id| !id.trim().is_empty()) else { continue };
        if let Some(other) = known.insert(participant(id), record) {
            return Err(FormatError::asked(
                format!(
                    "{} and {} have the same participant's number {}",
                    clean::line(&other.source),
                    clean::line(&record.source),
                    clean::line(id)
                ),
                "leave one of the two submissions out, or give them different ids in the roster",
            ));
        }
    }
    Ok(known)
}

/// Fills in one row; a note where it got no grade.
fn grade(
    sheet: &mut Sheet,
    row: &Row,
    columns: &Columns,
    record: &Record,
) -> Result<Option<String>, FormatError> {
    let entry = Entry::of(record, Reader::Student);
    if let Standing::Graded(points) = entry.standing {
        within_maximum(sheet, row, columns, points)?;
        sheet.replace(row, columns.grade, &number::points(points))?;
    }
    // Of a fault of ours there is nothing to tell the student; what was told before stays.
    let ours = matches!(entry.standing, Standing::NotGraded(Why::Open(_) | Why::Nothing));
    if let Some(column) = columns.feedback.filter(|_| !ours) {
        sheet.replace(row, column, &feedback(&entry))?;
    }
    Ok(match &entry.standing {
        Standing::Graded(_) => None,
        Standing::NotGraded(why) => {
            Some(format!("{}: no grade is filled in: {}", clean::line(&record.student.key), why.text()))
        }
    })
}

fn maximum(sheet: &Sheet, row: &Row, columns: &Columns) -> Option<f64> {
    let maximum = columns.maximum.map(|column| sheet.cell(row, column).trim().replace(',', "."));
    maximum.and_then(|maximum| maximum.parse().ok())
}

/// A line where Moodle would take the points as of another number than they are.
fn other_maximum(sheet: &Sheet, row: &Row, columns: &Columns, record: &Record) -> Option<String> {
    let (theirs, ours) = (maximum(sheet, row, columns)?, record.points_possible);
    (theirs != ours).then(|| {
        let [theirs, ours] = [theirs, ours].map(number::points);
        format!(
            "Moodle takes the grades as of {theirs} points, and they are of {ours}: set the assignment's maximum grade \
             to {ours}, or they count for more or less than they should"
        )
    })
}

/// Moodle skips a grade above the maximum and says nothing.
fn within_maximum(sheet: &Sheet, row: &Row, columns: &Columns, points: f64) -> Result<(), FormatError> {
    match maximum(sheet, row, columns) {
        Some(maximum) if points > maximum => Err(sheet.fault(
            row,
            format!("the grade {} is above the maximum {}", number::points(points), number::points(maximum)),
            "set the assignment's maximum grade in Moodle to the course's points, and download the worksheet again",
        )),
        _ => Ok(()),
    }
}

/// HTML, as Moodle keeps comments: a line for each exercise, and one for each scenario that did not pass.
fn feedback(entry: &Entry) -> String {
    let mut lines = Vec::new();
    let note = entry.note();
    if !note.is_empty() {
        lines.push(note);
    }
    if entry.record.penalty > 0.0 && entry.standing.points().is_some() {
        lines.push(format!("Taken off for days late: {}", number::points(entry.record.penalty)));
    }
    if entry.standing.points().is_some() {
        for told in &entry.exercises {
            let points = points_of(told.points, told.possible);
            lines.push(format!("Exercise {}: {points}, {}", told.name, told.mark.words()));
            let to_say = |case: &&Case| !matches!(case.mark, Mark::Passed | Mark::Missing);
            for case in told.cases.iter().filter(to_say) {
                let summary = case.summary.as_deref().unwrap_or(case.mark.words());
                lines.push(format!("— {}: {}", case.name, clean::cut(summary, 300)));
            }
        }
    }
    let (mut out, mut used) = (String::new(), 0);
    for line in &lines {
        used += line.chars().count();
        if used > FEEDBACK {
            out += "<br>…";
            break;
        }
        out += if out.is_empty() { "" } else { "<br>" };
        out += &line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    }
    super::cell::guarded(&out)
}

/// The records that found no row.
fn strangers(records: &[Record], waiting: &BTreeMap<String, &Record>) -> Vec<String> {
    let lost = records.iter().filter_map(|record| {
        let key = clean::line(&record.student.key);
        match record.student.id.as_deref().filter(|id| !id.trim().is_empty()) {
            None => Some(format!("{key} has no participant's number: give it one in the roster's `id`")),
            Some(id) if waiting.contains_key(&participant(id)) => {
                Some(format!("{key} (participant {}) has no row in the worksheet", clean::line(id)))
            }
            Some(_) => None,
        }
    });
    lost.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_participant_is_its_number_in_every_language() {
        let table = [
            ("Participant 17", "17"),
            ("Teilnehmer/in17", "17"),
            (" 参与者 007 ", "7"),
            ("17", "17"),
            ("s-a", "s-a"),
            ("", ""),
            ("Participant 0", "Participant 0"),
        ];
        for (text, id) in table {
            assert_eq!(participant(text), id);
        }
    }
}
