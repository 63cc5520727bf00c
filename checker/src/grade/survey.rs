//! What has to be graded: each submission is read once, and what stands from the last time is set aside.

use std::sync::Arc;

use crate::course::Exercise;
use crate::gradebook::record::{ExerciseGrade, ExerciseStatus, LEFT_OUT, Record, Trouble};
use crate::submission::{Found, Taken, Tell, side_by_side};
use crate::verdict::explain::words::count;

use super::basis::Basis;
use super::choice::{Choice, Fate};
use super::exercise::{not_graded, not_taken};
use super::ledger::Ledger;

/// A submission, and what is known of it before anything is run.
#[derive(Debug)]
pub struct Case {
    pub found: Found,
    /// Of everything that was taken.
    pub(super) digest: String,
    pub(super) trouble: Option<Trouble>,
    /// In the course's order.
    pub(super) parts: Vec<Part>,
    /// The record of the last time.
    pub(super) old: Option<Record>,
}

/// One exercise of a submission.
#[derive(Debug)]
pub(super) enum Part {
    Known(ExerciseGrade),
    /// It has to be run.
    Open {
        /// Of its sources.
        sources: String,
        /// Of all that the grade will depend on.
        digest: String,
    },
}

impl Case {
    /// What the instructor should know before a grade goes: there was one, and what is here now can't be taken.
    pub fn loss(&self) -> Option<String> {
        let (old, trouble) = (self.old.as_ref()?, self.trouble.as_ref()?);
        (old.points > 0.0 && !self.found.is_absent() && self.parts.iter().all(Part::has_nothing)).then(|| {
            let points = count(old.points as u64, "point was", "points were");
            format!(
                "{}: {points} on record, and there is no grade any more, since what is here now can't be \
                 taken: {}",
                self.found.student.key, trouble.message
            )
        })
    }

    /// How many of its exercises have to be run.
    pub fn open(&self) -> usize {
        self.parts.iter().filter(|part| matches!(part, Part::Open { .. })).count()
    }
}

impl Part {
    /// Nothing of it was handed in, or could be taken.
    fn has_nothing(&self) -> bool {
        use ExerciseStatus::{Missing, NotGraded, NotTaken};
        matches!(self, Part::Known(grade) if matches!(grade.status, Missing | NotGraded | NotTaken))
    }
}

/// What a survey needs to know.
#[derive(Debug)]
pub struct Terms<'a> {
    pub exercises: &'a [Arc<Exercise>],
    pub basis: &'a Basis,
    pub choice: &'a Choice,
    /// How many submissions are read at a time.
    pub threads: usize,
}

/// Whether somebody of the roster who is not among these submissions has a grade, which is to stand.
pub fn stands(found: &Found, ledger: &Ledger) -> bool {
    found.is_absent() && ledger.get(&found.student.key).is_some_and(|record| !record.source.is_empty())
}

/// Reads every submission, looks up what is on record, and tells how far it is.
pub fn survey(found: &[Found], ledger: &Ledger, terms: &Terms, tell: Tell) -> Vec<Case> {
    side_by_side(found, terms.threads, tell, |one| look(one, ledger.get(&one.student.key), terms))
}

fn look(found: &Found, old: Option<&Record>, terms: &Terms) -> Case {
    let taken = found.weigh().map_err(|error| error.to_string());
    let (digest, trouble) = match &taken {
        Ok(taken) => (taken.digest.clone(), taken.trouble.clone()),
        Err(_) => (String::new(), None),
    };
    let parts = terms.exercises.iter().map(|exercise| part(exercise, &taken, old, terms)).collect();
    Case { found: found.clone(), digest, trouble, parts, old: old.cloned() }
}

fn part(exercise: &Exercise, taken: &Result<Taken, String>, old: Option<&Record>, terms: &Terms) -> Part {
    let old = old.and_then(|old| old.exercise(&exercise.name));
    let taken = match taken {
        Ok(taken) => taken,
        Err(message) => return Part::Known(not_graded(exercise, "", message)),
    };
    let own = taken.exercises.iter().find(|one| one.name == exercise.name);
    let sources = own.and_then(|own| own.digest.clone()).unwrap_or_default();
    let digest = terms.basis.digest(exercise, &sources);
    match (terms.choice.fate(&exercise.name, old.as_ref(), &digest), old) {
        (Fate::Keep, Some(old)) => Part::Known(old),
        _ if sources.is_empty() => {
            Part::Known(not_taken(exercise, taken.trouble.as_ref(), own.and_then(|own| own.trouble.as_ref())))
        }
        (Fate::LeftOut, _) => Part::Known(not_graded(exercise, "", LEFT_OUT)),
        _ => Part::Open { sources, digest },
    }
}
