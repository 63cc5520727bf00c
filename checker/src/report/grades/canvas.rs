//! CSV for Canvas's gradebook: made anew, or the exported one with the assignment's column filled in.

use std::collections::BTreeMap;

use crate::gradebook::record::{Record, Student};

use super::cell::{guarded, row};
use super::clean;
use super::course::CourseInfo;
use super::error::FormatError;
use super::number;
use super::options::{CanvasOptions, GivenFile};
use super::roll;
use super::sheet::{Row, Sheet};
use super::standing::Standing;

/// Columns of the student, by which Canvas knows its own file.
const STUDENT: &str = "Student";
const ID: &str = "ID";
const USER: &str = "SIS User ID";
const LOGIN: &str = "SIS Login ID";
const SECTION: &str = "Section";

/// A row whose first cell says so tells what the assignment is worth.
const POSSIBLE: &str = "Points Possible";

/// The file's bytes, and a note for each row or record that has no partner, or got no grade.
pub(super) fn render(
    records: &[Record],
    course: &CourseInfo,
    options: &CanvasOptions,
) -> Result<(Vec<u8>, Vec<String>), FormatError> {
    let (title, id) = options.assignment.as_ref().ok_or_else(|| {
        FormatError::asked(
            "Canvas needs the assignment's title and id: another title would make another assignment",
            format!(
                "copy both from the head of its column in the exported gradebook: `{} \"TITLE (ID)\"`",
                CanvasOptions::ASSIGNMENT_OPTION
            ),
        )
    })?;
    let header = format!("{} ({})", title.trim(), id.trim());
    match &options.gradebook {
        Some(file) => fill(records, file, &header, id.trim()),
        None => Ok(anew(records, course, &header)),
    }
}

fn total(record: &Record) -> Option<String> {
    Standing::of(record).points().map(number::points)
}

fn not_graded(record: &Record) -> Option<String> {
    match Standing::of(record) {
        Standing::Graded(_) => None,
        Standing::NotGraded(why) => {
            Some(format!("{}: no grade is filled in: {}", clean::line(&record.student.key), why.text()))
        }
    }
}

fn anew(records: &[Record], course: &CourseInfo, header: &str) -> (Vec<u8>, Vec<String>) {
    let possible = number::points(course.points() as f64);
    let mut out = row([STUDENT, ID, USER, LOGIN, SECTION, &clean::line(header)]);
    // Canvas writes this row so, and knows it by its words.
    out += &format!("    {POSSIBLE},,,,,{possible}\r\n");
    let mut notes = Vec::new();
    for record in records {
        let student = &record.student;
        let more = |column: &str| student.more.get(column).map(String::as_str).unwrap_or_default();
        let name = student_name(student);
        let cells = [
            name.as_str(),
            student.id.as_deref().unwrap_or_default(),
            more(USER),
            more(LOGIN),
            more(SECTION),
        ];
        let known = cells[1..4].iter().any(|cell| !cell.trim().is_empty());
        let cells = cells.map(|cell| guarded(&clean::line(cell)));
        out += &row(cells.into_iter().chain([total(record).unwrap_or_default()]));
        if !known {
            notes.push(format!(
                "{} has no Canvas id, and is found by the name alone: give it one in the roster's `id`",
                clean::line(&student.key)
            ));
        }
        notes.extend(not_graded(record));
    }
    (out.into_bytes(), notes)
}

/// The name; one that would turn the row into the one of the points is broken up.
fn student_name(student: &Student) -> String {
    roll::name(student).replace(POSSIBLE, "Points-Possible")
}

fn fill(
    records: &[Record],
    file: &GivenFile,
    header: &str,
    id: &str,
) -> Result<(Vec<u8>, Vec<String>), FormatError> {
    let mut sheet = Sheet::parse(file)?;
    let column = assignment(&sheet, header, id)?;
    let keys = keys(&sheet)?;
    let mut waiting: Vec<Option<&Record>> = records.iter().map(Some).collect();
    let index = index(records)?;
    let mut notes = Vec::new();
    for row in sheet.rows() {
        if sheet.cell(&row, 0).contains(POSSIBLE) {
            notes.extend(other_possible(&sheet.cell(&row, column), records));
            continue;
        }
        if !is_student(&sheet, &row, &keys) {
            continue;
        }
        let found =
            keys.iter().find_map(|(key, at)| index.get(&(*key, sheet.cell(&row, *at).trim().to_owned())));
        match found.and_then(|at| waiting[*at].take()) {
            Some(record) => {
                if let Some(total) = total(record) {
                    sheet.replace(&row, column, &total)?;
                }
                notes.extend(not_graded(record));
            }
            None => notes.push(format!(
                "{}:{}: {} has no submission here; the row stays as it was",
                file.path.display(),
                row.line,
                clean::line(&sheet.cell(&row, 0))
            )),
        }
    }
    notes.extend(waiting.into_iter().flatten().map(|record| {
        format!(
            "{} has no row in the gradebook: give it Canvas's id in the roster's `id`",
            clean::line(&record.student.key)
        )
    }));
    Ok((sheet.finish(), notes))
}

/// A line where Canvas would take the points as of another number than they are.
fn other_possible(cell: &str, records: &[Record]) -> Option<String> {
    let theirs: f64 = cell.trim().parse().ok()?;
    let ours = records.iter().map(|record| record.points_possible).find(|ours| *ours != theirs)?;
    let [theirs, ours] = [theirs, ours].map(number::points);
    Some(format!(
        "Canvas takes the grades as of {theirs} points, and they are of {ours}: give the assignment {ours} points, or they \
         count for more or less than they should"
    ))
}

/// The assignment's column: by its whole header, else by its id alone, for a title that was changed since.
fn assignment(sheet: &Sheet, header: &str, id: &str) -> Result<usize, FormatError> {
    let by_id = || sheet.headers().iter().position(|other| other.trim().ends_with(&format!("({id})")));
    sheet.column(header).or_else(by_id).ok_or_else(|| {
        sheet.header_fault(
            format!(
                "the gradebook has no column `{}`; its columns are {}",
                clean::line(header),
                sheet.listed()
            ),
            format!("copy the column's head: `{} \"TITLE (ID)\"`", CanvasOptions::ASSIGNMENT_OPTION),
        )
    })
}

/// The columns that tell who somebody is, the surest first.
fn keys(sheet: &Sheet) -> Result<Vec<(&'static str, usize)>, FormatError> {
    let keys: Vec<_> =
        [ID, USER, LOGIN].into_iter().filter_map(|key| Some((key, sheet.column(key)?))).collect();
    if keys.is_empty() {
        let what = format!("the gradebook has no column `{ID}`; its columns are {}", sheet.listed());
        let cure = format!(
            "export the gradebook from Canvas, in English, and give it with `{} FILE`",
            CanvasOptions::GRADEBOOK_OPTION
        );
        return Err(sheet.header_fault(what, cure));
    }
    Ok(keys)
}

/// Rows without any id tell of assignments (`Manual Posting`), not of students.
fn is_student(sheet: &Sheet, row: &Row, keys: &[(&str, usize)]) -> bool {
    keys.iter().any(|(_, at)| !sheet.cell(row, *at).trim().is_empty())
}

/// Which record has which id.
fn index(records: &[Record]) -> Result<BTreeMap<(&'static str, String), usize>, FormatError> {
    let mut index = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        let more = |column: &str| record.student.more.get(column);
        for (key, value) in [(ID, record.student.id.as_ref()), (USER, more(USER)), (LOGIN, more(LOGIN))] {
            let Some(value) = value.map(|value| value.trim()).filter(|value| !value.is_empty()) else {
                continue;
            };
            if let Some(other) = index.insert((key, value.to_owned()), at) {
                let (one, two) = (clean::line(&records[other].source), clean::line(&record.source));
                return Err(FormatError::asked(
                    format!("{one} and {two} have the same `{key}` {}", clean::line(value)),
                    "leave one of the two submissions out, or mend the roster",
                ));
            }
        }
    }
    Ok(index)
}
