//! What has to be graded: each submission is read once, and what stands from the last time is set aside.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::course::Exercise;
use crate::gradebook::record::{ExerciseGrade, Record, Trouble};
use crate::submission::{Found, Taken};

use super::basis::Basis;
use super::choice::{Choice, Fate};
use super::exercise::{not_graded, not_taken};
use super::ledger::Ledger;
use super::work::Work;

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
    /// How many of its exercises have to be run.
    pub fn open(&self) -> usize {
        self.parts.iter().filter(|part| matches!(part, Part::Open { .. })).count()
    }
}

/// What a survey needs to know.
#[derive(Debug)]
pub struct Terms<'a> {
    pub exercises: &'a [Arc<Exercise>],
    pub basis: &'a Basis,
    pub choice: &'a Choice,
    pub work: &'a Work,
    /// How many submissions are read at a time.
    pub threads: usize,
}

/// Reads every submission, and looks up what is on record.
pub fn survey(found: Vec<Found>, ledger: &Ledger, terms: &Terms) -> Vec<Case> {
    let next = AtomicUsize::new(0);
    let cases: Vec<Mutex<Option<Case>>> = found.iter().map(|_| Mutex::new(None)).collect();
    thread::scope(|scope| {
        for _ in 0..terms.threads.max(1) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = found.get(number) else { return };
                    let case = look(one, number, ledger.get(&one.student.key), terms);
                    *cases[number].lock().unwrap_or_else(PoisonError::into_inner) = Some(case);
                }
            });
        }
    });
    cases.into_iter().filter_map(|case| case.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

fn look(found: &Found, number: usize, old: Option<&Record>, terms: &Terms) -> Case {
    let taken = take(found, number, terms.work);
    let (digest, trouble) = match &taken {
        Ok(taken) => (taken.digest.clone(), taken.trouble.clone()),
        Err(_) => (String::new(), None),
    };
    let parts = terms.exercises.iter().map(|exercise| part(exercise, &taken, old, terms)).collect();
    Case { found: found.clone(), digest, trouble, parts, old: old.cloned() }
}

/// Takes the sources for a moment, to know what they are.
fn take(found: &Found, number: usize, work: &Work) -> Result<Taken, String> {
    let folder = work.submission(number).map_err(|error| format!("no folder can be made for it: {error}"))?;
    let taken = found.take(&folder).map_err(|error| error.to_string());
    fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    taken
}

fn part(exercise: &Exercise, taken: &Result<Taken, String>, old: Option<&Record>, terms: &Terms) -> Part {
    let old = old.and_then(|old| old.exercises.iter().find(|one| one.name == exercise.name));
    let taken = match taken {
        Ok(taken) => taken,
        Err(message) => return Part::Known(not_graded(exercise, "", message)),
    };
    let own = taken.exercises.iter().find(|one| one.name == exercise.name);
    let sources = own.and_then(|own| own.digest.clone()).unwrap_or_default();
    let digest = terms.basis.digest(exercise, &sources);
    match (terms.choice.fate(&exercise.name, old, &digest), old) {
        (Fate::Keep, Some(old)) => Part::Known(old.clone()),
        (Fate::LeftOut, _) => Part::Known(not_graded(exercise, "", "it was left out by --only")),
        _ if sources.is_empty() => {
            Part::Known(not_taken(exercise, taken.trouble.as_ref(), own.and_then(|own| own.trouble.as_ref())))
        }
        _ => Part::Open { sources, digest },
    }
}
