//! Which exercises are graded again.

use crate::gradebook::record::{ExerciseGrade, ExerciseStatus};

use super::whole::is_open;

/// What was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Only these exercises, by their whole names; empty: all.
    pub only: Vec<String>,
    /// Also those that did not pass, although nothing about them has changed.
    pub failed: bool,
    /// All of them, whatever is on record.
    pub fresh: bool,
}

/// What becomes of one exercise of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Run,
    /// The grade on record stands.
    Keep,
    /// It is not one of those that were asked for, and there is no grade on record.
    LeftOut,
}

impl Choice {
    /// Whether the exercise is one of those that were asked for.
    pub fn names(&self, exercise: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == exercise)
    }

    /// `old` is the grade on record, `digest` what a new one would be made from.
    pub fn fate(&self, exercise: &str, old: Option<&ExerciseGrade>, digest: &str) -> Fate {
        let Some(old) = old else {
            return if self.names(exercise) { Fate::Run } else { Fate::LeftOut };
        };
        if !self.names(exercise) {
            return Fate::Keep;
        }
        let asked = self.fresh || self.failed && old.status != ExerciseStatus::Passed;
        if asked || old.digest != digest || is_open(old) { Fate::Run } else { Fate::Keep }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grade(status: ExerciseStatus) -> ExerciseGrade {
        ExerciseGrade {
            name: "01_a".into(),
            title: String::new(),
            status,
            points: 0,
            points_possible: 1,
            digest: "d".into(),
            message: None,
            scenarios: Vec::new(),
            build_ms: 0,
            drive_ms: 0,
            rung: None,
        }
    }

    #[test]
    fn what_has_not_changed_stands() {
        use ExerciseStatus::{DidNotCompile, Failed, NotGraded, Passed};
        let all = Choice::default();
        let failed = Choice { failed: true, ..Choice::default() };
        let fresh = Choice { fresh: true, ..Choice::default() };
        let other = Choice { only: vec!["02_b".into()], ..Choice::default() };
        let this = Choice { only: vec!["01_a".into()], ..Choice::default() };
        for (choice, old, digest, fate) in [
            (&all, None, "d", Fate::Run),
            (&all, Some(Passed), "d", Fate::Keep),
            (&all, Some(Failed), "d", Fate::Keep),
            (&all, Some(Passed), "changed", Fate::Run),
            (&all, Some(NotGraded), "d", Fate::Run),
            (&failed, Some(Passed), "d", Fate::Keep),
            (&failed, Some(Failed), "d", Fate::Run),
            (&failed, Some(DidNotCompile), "d", Fate::Run),
            (&fresh, Some(Passed), "d", Fate::Run),
            (&other, Some(NotGraded), "changed", Fate::Keep),
            (&other, None, "d", Fate::LeftOut),
            (&this, Some(Passed), "changed", Fate::Run),
            (&this, Some(Passed), "d", Fate::Keep),
        ] {
            let old = old.map(grade);
            assert_eq!(choice.fate("01_a", old.as_ref(), digest), fate, "{choice:?} {old:?} {digest}");
        }
    }
}
