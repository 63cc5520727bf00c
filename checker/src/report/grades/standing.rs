//! What a record comes to: points, or none yet.

use crate::gradebook::record::{ExerciseGrade, ExerciseStatus, Record, ScenarioStatus, Trouble};
use crate::verdict::explain::words::listed;

use super::clean;

/// What goes into a grade book.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing<'a> {
    /// Points after the penalty; never negative.
    Graded(f64),
    /// No grade, which is not a zero.
    NotGraded(Why<'a>),
}

/// Why there is no grade.
#[derive(Debug, Clone, PartialEq)]
pub enum Why<'a> {
    /// Nothing of the submission could be taken: a person has to look at it.
    Trouble(&'a Trouble),
    /// These exercises are there and could not be taken: a person has to look at them.
    NotTaken(Vec<&'a ExerciseGrade>),
    /// Our own or the machine's trouble with these exercises: taken up again by the next run.
    Open(Vec<&'a ExerciseGrade>),
    /// The record has no exercise at all, or points that are no numbers.
    Nothing,
}

/// Whether some of `exercise` was not graded.
pub(super) fn is_open(exercise: &ExerciseGrade) -> bool {
    exercise.status == ExerciseStatus::NotGraded
        || exercise.scenarios.iter().any(|scenario| scenario.status == ScenarioStatus::NotGraded)
}

impl<'a> Standing<'a> {
    /// What `record` comes to. A trouble that left some exercise to grade takes no grade away.
    pub fn of(record: &'a Record) -> Self {
        let graded = |exercise: &ExerciseGrade| {
            use ExerciseStatus::{DidNotCompile, Failed, Passed};
            matches!(exercise.status, Passed | Failed | DidNotCompile)
        };
        if let Some(trouble) = &record.trouble
            && !record.exercises.iter().any(graded)
        {
            return Standing::NotGraded(Why::Trouble(trouble));
        }
        let open: Vec<_> = record.exercises.iter().filter(|exercise| is_open(exercise)).collect();
        let of = |exercise: &&ExerciseGrade| exercise.status == ExerciseStatus::NotTaken;
        let not_taken: Vec<_> = record.exercises.iter().filter(of).collect();
        let total = record.points - record.penalty;
        if !not_taken.is_empty() {
            Standing::NotGraded(Why::NotTaken(not_taken))
        } else if !open.is_empty() {
            Standing::NotGraded(Why::Open(open))
        } else if record.exercises.is_empty() || !total.is_finite() {
            Standing::NotGraded(Why::Nothing)
        } else {
            Standing::Graded(total.max(0.0))
        }
    }

    pub fn points(&self) -> Option<f64> {
        match self {
            Standing::Graded(points) => Some(*points),
            Standing::NotGraded(_) => None,
        }
    }
}

impl Why<'_> {
    /// One line, for students too: it names exercises, never what went on in them.
    pub fn text(&self) -> String {
        match self {
            Why::Trouble(trouble) => clean::line(&trouble.message).into_owned(),
            Why::NotTaken(exercises) => {
                let told = exercises.iter().map(|exercise| {
                    let why = exercise.message.as_deref().unwrap_or("it could not be taken");
                    format!("{}: {}", clean::line(&exercise.name), clean::line(why))
                });
                told.collect::<Vec<_>>().join("; ")
            }
            Why::Open(exercises) => {
                let names: Vec<String> =
                    exercises.iter().map(|exercise| clean::line(&exercise.name).into_owned()).collect();
                let verb = if names.len() == 1 { "was" } else { "were" };
                format!("{} {verb} not graded, which is no fault of the submission", listed(&names))
            }
            Why::Nothing => "the record tells of no exercise".to_owned(),
        }
    }
}
