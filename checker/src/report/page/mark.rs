//! How a result looks: a shape, a word and a colour, so that no reader depends on one of them.

use serde::Serialize;

use crate::gradebook::record::{ExerciseGrade, ExerciseStatus, ScenarioStatus};

/// The word is written; the class gets shape and colour from the style sheet. A shape that is an element
/// of its own in each of ten thousand places would make the page slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Mark {
    pub word: &'static str,
    pub class: &'static str,
}

const fn mark(word: &'static str, class: &'static str) -> Mark {
    Mark { word, class }
}

const PASSED: Mark = mark("passed", "passed");
const FAILED: Mark = mark("failed", "failed");
const NOT_GRADED: Mark = mark("not graded", "ungraded");

/// An exercise that could not be taken, or of a submission that could not.
const NOT_TAKEN: Mark = mark("not taken", "missing");

/// All that an exercise may come to, for the legend.
pub(super) const EXERCISE_MARKS: [Mark; 6] =
    [PASSED, FAILED, mark("no compile", "broken"), mark("missing", "missing"), NOT_TAKEN, NOT_GRADED];

/// `troubled` where the submission could not be taken.
pub(super) fn of_exercise(exercise: &ExerciseGrade, troubled: bool) -> Mark {
    let [passed, failed, broken, missing, not_taken, not_graded] = EXERCISE_MARKS;
    match exercise.status {
        ExerciseStatus::Passed => passed,
        ExerciseStatus::Failed => failed,
        ExerciseStatus::DidNotCompile => broken,
        ExerciseStatus::Missing if !troubled => missing,
        ExerciseStatus::Missing | ExerciseStatus::NotTaken => not_taken,
        ExerciseStatus::NotGraded => not_graded,
    }
}

pub(super) fn of_scenario(status: ScenarioStatus) -> Mark {
    match status {
        ScenarioStatus::Passed => PASSED,
        ScenarioStatus::Failed => FAILED,
        ScenarioStatus::Skipped => mark("skipped", "missing"),
        ScenarioStatus::NotGraded => NOT_GRADED,
    }
}
