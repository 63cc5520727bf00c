//! From the grades of a submission's exercises to its record.

use crate::gradebook::record::{ExerciseGrade, ExerciseStatus, Record, SCHEMA, ScenarioStatus, Trouble};
use crate::submission::Found;

use super::late::Late;

/// Whether something of the exercise was not graded through no fault of the student's: it is taken up again.
pub fn is_open(exercise: &ExerciseGrade) -> bool {
    exercise.status == ExerciseStatus::NotGraded
        || exercise.scenarios.iter().any(|scenario| scenario.status == ScenarioStatus::NotGraded)
}

/// What was found out about one submission.
#[derive(Debug)]
pub struct Outcome {
    /// Of everything that was taken.
    pub digest: String,
    pub trouble: Option<Trouble>,
    /// In the course's order.
    pub exercises: Vec<ExerciseGrade>,
    /// The grader's.
    pub rung: u8,
    /// Seconds since 1970 (UTC).
    pub graded_at: i64,
}

/// The record of a submission.
pub fn record(found: &Found, outcome: Outcome, late: &Late) -> Record {
    let Outcome { digest, trouble, exercises, rung, graded_at } = outcome;
    let mut record = Record {
        schema: SCHEMA.to_owned(),
        student: found.student.clone(),
        source: found.source.clone(),
        submitted_at: found.submitted_at,
        days_late: 0,
        digest,
        trouble,
        points: f64::from(exercises.iter().map(|exercise| exercise.points).sum::<u32>()),
        points_possible: f64::from(exercises.iter().map(|exercise| exercise.points_possible).sum::<u32>()),
        penalty: 0.0,
        rung: exercises.iter().filter_map(|exercise| exercise.rung).min().unwrap_or(rung),
        graded_at,
        took_ms: exercises.iter().map(|exercise| exercise.build_ms + exercise.drive_ms).sum(),
        exercises,
    };
    late.charge(&mut record);
    record
}

/// Whether two records say the same of a submission, whenever each was made.
pub fn says_the_same(one: &Record, other: &Record) -> bool {
    Record { graded_at: 0, ..one.clone() } == Record { graded_at: 0, ..other.clone() }
}
