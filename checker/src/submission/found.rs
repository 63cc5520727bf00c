//! One student's submission, as it was found.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::draft::Draft;
use super::error::TakeError;
use super::git;
use super::order::Order;
use super::place::Place;
use super::survey::{Survey, survey};
use super::take::{Taken, take};
use super::tree::Root;
use crate::gradebook::record::{Student, Trouble};

/// A student and what they handed in. Cheap to keep: the sources stay where they are until [`Found::take`].
#[derive(Debug, Clone)]
pub struct Found {
    pub student: Student,
    /// As the instructor named it, with `!` between an archive and what is in it; empty where there is none.
    pub source: String,
    /// Seconds since 1970 (UTC).
    pub submitted_at: Option<i64>,
    /// What [`Found::submitted_at`] comes from.
    pub time_from: TimeFrom,
    /// Whether the platform marked it as late.
    pub late_mark: bool,
    /// Why nothing of it can be graded.
    pub trouble: Option<Trouble>,
    /// In the course's order, one for each exercise.
    pub exercises: Vec<Held>,
    /// Whether, and by what, it was found in the roster.
    pub joined: Joined,
    /// What the instructor should know beside: an archive that was passed over, a name that two students have.
    pub notes: Vec<String>,
    pub(super) roots: Vec<Root>,
    pub(super) order: Arc<Order>,
}

/// One exercise of a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// `01_udp_send`
    pub name: String,
    /// Where in the submission it was found; empty at its top, and where it was not.
    pub folder: String,
    /// How many files of it there are to take; 0 where it was not handed in, or cannot be taken.
    pub files: usize,
    /// It was not handed in, and the course's own reference for it was.
    pub reference: bool,
    pub trouble: Option<Trouble>,
}

/// What tells when a submission was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeFrom {
    /// The column `submitted` of the roster.
    Roster,
    /// The committer's time of the commit that is checked out. Students can set it.
    Commit,
    /// When the newest of the sources was changed. Students, and what packed them, can set it.
    Files,
    Nothing,
}

/// How a submission was found in the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    NoRoster,
    ByKey,
    ById,
    ByEmail,
    ByName,
    /// It is not there.
    No,
}

impl Found {
    /// Copies the sources of each exercise to `into/NN_name/src/…`: regular files alone, new, mode 0644. The folder
    /// `into` must be there, `into/NN_name` may be, `into/NN_name/src` must not.
    ///
    /// What is wrong with the submission is told in [`Taken`]; an exercise is copied whole or not at all.
    ///
    /// # Errors
    /// `into` cannot be written.
    pub fn take(&self, into: &Path) -> Result<Taken, TakeError> {
        self.read(Some(into))
    }

    /// What [`Found::take`] would tell; nothing is copied.
    ///
    /// # Errors
    /// As of [`Found::take`].
    pub fn weigh(&self) -> Result<Taken, TakeError> {
        self.read(None)
    }

    fn read(&self, into: Option<&Path>) -> Result<Taken, TakeError> {
        let order = &self.order;
        let survey = match &self.trouble {
            Some(trouble) => Survey::troubled(trouble.clone(), &order.exercises),
            None => survey(&self.roots, &order.exercises, &order.scratch, &order.limits),
        };
        take(survey, into, &order.limits)
    }

    /// Whether somebody of the roster has handed in nothing.
    pub fn is_absent(&self) -> bool {
        self.source.is_empty()
    }

    /// The names of the exercises of which something can be taken.
    pub fn present(&self) -> impl Iterator<Item = &str> {
        self.exercises.iter().filter(|held| held.files > 0).map(|held| held.name.as_str())
    }

    /// Looks through `draft`; whose it is, is not known yet.
    pub(super) fn look(draft: &Draft, order: &Arc<Order>) -> Self {
        let survey = match &draft.trouble {
            Some(trouble) => Survey::troubled(trouble.clone(), &order.exercises),
            None => survey(&draft.roots, &order.exercises, &order.scratch, &order.limits),
        };
        let commit = draft.roots.iter().find_map(commit_time);
        let submitted_at = commit.or_else(|| survey.newest());
        let time_from = match (commit, submitted_at) {
            (Some(_), _) => TimeFrom::Commit,
            (None, Some(_)) => TimeFrom::Files,
            (None, None) => TimeFrom::Nothing,
        };
        let held = survey.plans.into_iter().map(|plan| Held {
            name: plan.name,
            folder: plan.folder,
            files: plan.files.len(),
            reference: plan.reference,
            trouble: plan.trouble,
        });
        Found {
            student: Student::default(),
            source: draft.source.clone(),
            submitted_at,
            time_from,
            late_mark: draft.told.late,
            exercises: held.collect(),
            trouble: survey.trouble,
            joined: Joined::NoRoster,
            notes: survey.notes,
            roots: draft.roots.clone(),
            order: Arc::clone(order),
        }
    }
}

/// The time of the commit, where `root` is a checkout on the disk.
fn commit_time(root: &Root) -> Option<i64> {
    match &root.place {
        Place::Disk { root: folder, inside } if root.is_folder => git::committed_at(folder, inside),
        _ => None,
    }
}
