//! The class, student by student, as a reader may see it.

use crate::gradebook::record::{Record, Student};

use super::clean;
use super::standing::{Standing, Why};
use super::told::{Reader, Told, tell};

/// One student's record, told.
pub(super) struct Entry<'a> {
    pub record: &'a Record,
    pub standing: Standing<'a>,
    /// In the record's order. None where nothing of the submission could be taken: they are not missing then,
    /// but unknown.
    pub exercises: Vec<Told>,
}

impl<'a> Entry<'a> {
    pub fn of(record: &'a Record, reader: Reader) -> Self {
        let standing = Standing::of(record);
        let taken = !matches!(standing, Standing::NotGraded(Why::Trouble(_)));
        let exercises = record.exercises.iter().filter(|_| taken).map(|exercise| tell(exercise, reader));
        Entry { record, exercises: exercises.collect(), standing }
    }

    /// The exercise called `name`, if the record has one.
    pub fn exercise(&self, name: &str) -> Option<&Told> {
        self.exercises.iter().find(|told| told.name == clean::line(name))
    }

    /// Each case with its exercise.
    pub fn cases(&self) -> impl Iterator<Item = (&Told, &super::told::Case)> {
        self.exercises.iter().flat_map(|told| told.cases.iter().map(move |case| (told, case)))
    }

    /// A word for the status: `graded`, or else the trouble's kind, or `not graded`.
    pub fn status(&self) -> String {
        match (&self.standing, &self.record.trouble) {
            (Standing::Graded(_), None) => "graded".to_owned(),
            (_, Some(trouble)) => clean::line(&trouble.kind).replace('_', " "),
            (Standing::NotGraded(_), None) => "not graded".to_owned(),
        }
    }

    /// What a person has to know besides the points; empty where there is nothing.
    pub fn note(&self) -> String {
        let trouble = self.record.trouble.as_ref();
        match (&self.standing, trouble) {
            (Standing::NotGraded(why), _) => why.text(),
            (Standing::Graded(_), Some(trouble)) => clean::line(&trouble.message).into_owned(),
            (Standing::Graded(_), None) => String::new(),
        }
    }
}

/// The student's name, or the key where there is none.
pub(super) fn name(student: &Student) -> &str {
    student.name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(&student.key)
}

/// `3 of 5 points`, `not graded`.
pub(super) fn points_of(points: Option<u32>, possible: u32) -> String {
    match points {
        Some(points) => format!("{points} of {possible} {}", if possible == 1 { "point" } else { "points" }),
        None => "not graded".to_owned(),
    }
}
