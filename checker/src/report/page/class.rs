//! The class as the page shows it: who is in it, and which exercises are its columns.

use super::anchor::Anchors;
use super::standing::{Standing, standing};
use super::visible::shows;
use crate::gradebook::record::{ExerciseGrade, Record};
use crate::report::grades::CourseInfo;

/// Letters of a name that are shown; a name is somebody else's text, and may be a book.
const NAME: usize = 80;

/// By name.
pub(super) struct Class<'a> {
    pub students: Vec<Entry<'a>>,
    pub columns: Vec<Column<'a>>,
}

pub(super) struct Column<'a> {
    pub name: &'a str,
    pub title: &'a str,
}

pub(super) struct Entry<'a> {
    pub record: &'a Record,
    /// The `id` of the student's page; free of anything that would need escaping.
    pub anchor: String,
    /// Name, or id, or key, or that there is none: never blank.
    pub name: String,
    pub standing: Standing,
    /// One a column; None where the record knows nothing of that exercise.
    pub exercises: Vec<Option<&'a ExerciseGrade>>,
}

impl<'a> Class<'a> {
    pub fn of(records: &'a [Record], course: &'a CourseInfo) -> Self {
        let columns = columns(records, course);
        let mut anchors = Anchors::default();
        let entry = |record: &'a Record| Entry {
            record,
            anchor: anchors.of(&record.student.key),
            name: name(record),
            standing: standing(record),
            exercises: columns.iter().map(|column| exercise(record, column.name)).collect(),
        };
        let mut students: Vec<Entry> = records.iter().map(entry).collect();
        students.sort_by_cached_key(|entry| (entry.name.to_lowercase(), entry.anchor.clone()));
        Self { students, columns }
    }
}

impl Entry<'_> {
    /// The `id` of an exercise's part of the page, counted from 0 as the columns are. No student's
    /// anchor has a dot in it.
    pub fn exercise_anchor(&self, column: usize) -> String {
        format!("{}.{}", self.anchor, column + 1)
    }

    pub fn is_flaky(&self) -> bool {
        self.record.exercises.iter().any(is_flaky)
    }
}

pub(super) fn is_flaky(exercise: &ExerciseGrade) -> bool {
    exercise.scenarios.iter().any(|scenario| scenario.flaky)
}

fn exercise<'a>(record: &'a Record, name: &str) -> Option<&'a ExerciseGrade> {
    record.exercises.iter().find(|exercise| exercise.name == name)
}

/// The course's exercises, and behind them what the records have besides, as they do after a rename.
fn columns<'a>(records: &'a [Record], course: &'a CourseInfo) -> Vec<Column<'a>> {
    let mut columns: Vec<Column> =
        course.exercises.iter().map(|one| Column { name: &one.name, title: &one.title }).collect();
    for one in records.iter().flat_map(|record| &record.exercises) {
        if !columns.iter().any(|column| column.name == one.name) {
            columns.push(Column { name: &one.name, title: &one.title });
        }
    }
    columns
}

fn name(record: &Record) -> String {
    let student = &record.student;
    let names = [student.name.as_deref(), student.id.as_deref(), Some(student.key.as_str())];
    match names.into_iter().flatten().find(|name| shows(name)) {
        Some(name) => short(name),
        None => "(no name)".to_owned(),
    }
}

/// The first letters of `text`, with `…` behind them where there are more.
fn short(text: &str) -> String {
    match text.char_indices().nth(NAME) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
