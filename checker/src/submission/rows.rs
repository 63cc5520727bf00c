//! What a dry run shows: facts for a table, without its looks.

use serde::Serialize;

use super::found::{Found, Held, Joined, TimeFrom};
use super::request::Intake;
use crate::gradebook::record::Trouble;

/// One row of a dry run: a student and what was recognised as theirs. All texts are somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DryRow {
    pub key: String,
    pub name: Option<String>,
    pub id: Option<String>,
    pub email: Option<String>,
    /// Empty where nothing was handed in.
    pub source: String,
    /// Seconds since 1970 (UTC).
    pub submitted_at: Option<i64>,
    pub time_from: TimeFrom,
    pub late_mark: bool,
    pub joined: Joined,
    /// In the course's order, one for each exercise.
    pub exercises: Vec<Held>,
    pub trouble: Option<Trouble>,
    pub notes: Vec<String>,
}

impl Intake {
    /// A row for each student, in the order of [`Intake::found`].
    pub fn rows(&self) -> Vec<DryRow> {
        self.found.iter().map(DryRow::from).collect()
    }
}

impl From<&Found> for DryRow {
    fn from(found: &Found) -> Self {
        let student = found.student.clone();
        DryRow {
            key: student.key,
            name: student.name,
            id: student.id,
            email: student.email,
            source: found.source.clone(),
            submitted_at: found.submitted_at,
            time_from: found.time_from,
            late_mark: found.late_mark,
            joined: found.joined,
            exercises: found.exercises.clone(),
            trouble: found.trouble.clone(),
            notes: found.notes.clone(),
        }
    }
}
