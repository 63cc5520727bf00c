//! How far a submission's sum of points can be relied on.

use crate::gradebook::record::{ExerciseGrade, ExerciseStatus, Record};

/// A sum with an exercise in it that was not graded is not the student's sum, and is never shown as one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Standing {
    /// Everything was graded: what is left of the points after the penalty, never below 0.
    Full(f64),
    /// Some was: points so far, before any penalty, and how many they are of.
    Partly { points: u32, possible: u32, missing: usize },
    /// Nothing was, or could be.
    Nothing,
}

impl Standing {
    /// The student's points, where they are known.
    pub fn full(self) -> Option<f64> {
        match self {
            Self::Full(points) => Some(points),
            Self::Partly { .. } | Self::Nothing => None,
        }
    }
}

/// Whether an exercise has points, be they 0. Not what was not graded; nor, where a submission could not be
/// taken, what is missing of it: it may well have been there.
pub(super) fn has_points(exercise: &ExerciseGrade, troubled: bool) -> bool {
    match exercise.status {
        ExerciseStatus::NotGraded | ExerciseStatus::NotTaken => false,
        ExerciseStatus::Missing => !troubled,
        ExerciseStatus::Passed | ExerciseStatus::Failed | ExerciseStatus::DidNotCompile => true,
    }
}

pub(super) fn standing(record: &Record) -> Standing {
    let is_graded = |one: &&ExerciseGrade| has_points(one, record.trouble.is_some());
    let graded = || record.exercises.iter().filter(is_graded);
    let missing = record.exercises.len() - graded().count();
    if graded().next().is_none() {
        return Standing::Nothing;
    }
    if missing == 0 {
        return Standing::Full((record.points - record.penalty).max(0.0));
    }
    let sum = |of: fn(&ExerciseGrade) -> u32| graded().fold(0_u32, |sum, one| sum.saturating_add(of(one)));
    Standing::Partly { points: sum(|one| one.points), possible: sum(|one| one.points_possible), missing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gradebook::record::Trouble;
    use crate::report::page::tests::small;
    use ExerciseStatus::{DidNotCompile, Failed, Missing, NotGraded, Passed};

    /// The standing of a submission with two exercises of 5 points each, 8 points in all and 2.5 taken off.
    fn of(statuses: [ExerciseStatus; 2], troubled: bool) -> Standing {
        let mut record = small::class().swap_remove(1);
        for (exercise, status) in record.exercises.iter_mut().zip(statuses) {
            exercise.status = status;
        }
        record.trouble = troubled.then(|| Trouble { kind: "empty".to_owned(), message: "empty".to_owned() });
        standing(&record)
    }

    #[test]
    fn a_sum_is_whole_only_when_all_of_it_was_graded() {
        assert_eq!(of([Failed, Passed], false), Standing::Full(5.5));
        assert_eq!(of([Missing, DidNotCompile], false), Standing::Full(5.5));
        assert_eq!(of([Failed, NotGraded], false), Standing::Partly { points: 3, possible: 5, missing: 1 });
        assert_eq!(of([NotGraded, NotGraded], false), Standing::Nothing);
        assert_eq!(of([Missing, Missing], true), Standing::Nothing);
        assert_eq!(of([Missing, NotGraded], true), Standing::Nothing);
        assert_eq!(of([Failed, Missing], true), Standing::Partly { points: 3, possible: 5, missing: 1 });
    }

    #[test]
    fn a_penalty_takes_no_more_than_there_is() {
        let mut record = small::class().swap_remove(1);
        record.penalty = 100.0;
        assert_eq!(standing(&record), Standing::Full(0.0));
    }
}
