//! A row for each student, a column for each exercise. For instructors.

use crate::gradebook::record::Record;

use super::cell::{guarded, row};
use super::clean;
use super::course::CourseInfo;
use super::number;
use super::roll::Entry;
use super::told::Reader;
use super::utc::utc;

/// The columns before and behind those of the exercises.
const BEFORE: [&str; 4] = ["student", "id", "name", "email"];
const BEHIND: [&str; 8] =
    ["points", "penalty", "total", "points_possible", "days_late", "submitted_at", "status", "note"];

/// The whole file. A cell of points is empty where something was not graded, and where a record does not know
/// the exercise; `total` is what is left of `points` after the penalty.
pub(super) fn render(records: &[Record], course: &CourseInfo, byte_order_mark: bool) -> Vec<u8> {
    let exercises = course.exercises.iter().map(|exercise| exercise.name.as_str());
    let heads = BEFORE.into_iter().chain(exercises).chain(BEHIND);
    let mut out = if byte_order_mark { String::from('\u{feff}') } else { String::new() };
    out += &row(heads.map(text));
    for record in records {
        out += &row(student(&Entry::of(record, Reader::Instructor), course));
    }
    out.into_bytes()
}

fn text(text: &str) -> String {
    guarded(&clean::line(text))
}

fn student(entry: &Entry, course: &CourseInfo) -> Vec<String> {
    let (record, student) = (entry.record, &entry.record.student);
    let total = entry.standing.points();
    let graded = |points: f64| total.map_or_else(String::new, |_| number::points(points));
    let mut cells: Vec<String> =
        [Some(&student.key), student.id.as_ref(), student.name.as_ref(), student.email.as_ref()]
            .map(|cell| cell.map_or_else(String::new, |cell| text(cell)))
            .into();
    cells.extend(course.exercises.iter().map(|exercise| {
        let points = entry.exercise(&exercise.name).and_then(|told| told.points);
        points.map_or_else(String::new, |points| points.to_string())
    }));
    cells.extend([
        graded(record.points),
        graded(record.penalty),
        total.map_or_else(String::new, number::points),
        number::points(possible(record, course)),
        record.days_late.to_string(),
        record.submitted_at.map_or_else(String::new, utc),
        text(&entry.status()),
        text(&entry.note()),
    ]);
    cells
}

/// The record's own sum, or the course's where it has none.
fn possible(record: &Record, course: &CourseInfo) -> f64 {
    let own = record.points_possible;
    if own.is_finite() && own > 0.0 { own } else { course.points() as f64 }
}
