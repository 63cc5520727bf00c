//! The whole class through the one loop, and a record for each submission as it ends.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::build::builder::BuildRecipe;
use crate::course::Exercise;
use crate::event::Event;
use crate::gradebook::record::{ExerciseGrade, Record};
use crate::plan::{Job, Plan};
use crate::run::cancel;
use crate::run::executor::{Beforehand, execute};
use crate::run::means::Means;
use crate::run::portions::{Portions, Reason};
use crate::run::recipes::recipes;

use super::exercise::{grade, not_graded};
use super::late::Late;
use super::ledger::{Ledger, LedgerError};
use super::survey::{Case, Part};
use super::whole::{Outcome, record, says_the_same};
use super::window::Window;
use super::work::Work;

/// Submissions whose sources and programs may be on the disk at a time. Many, since their compilations run
/// ahead of their scenarios.
const UNDER_WAY: usize = 32;

/// What holds for the whole class.
#[derive(Debug)]
pub struct Batch<'a> {
    pub means: &'a Means<'a>,
    pub exercises: &'a [Arc<Exercise>],
    pub late: Late,
    pub work: &'a Work,
}

/// How the batch gets on.
#[derive(Debug)]
pub enum Step<'a> {
    /// An exercise was run.
    Exercise(&'a ExerciseGrade),
    /// A submission has its record, which is on the disk; `anew` is false where the one on record said the same.
    Submission { record: &'a Record, anew: bool },
}

/// A job of the plan: whose, and which exercise.
#[derive(Debug, Clone, Copy)]
struct Owner {
    case: usize,
    exercise: usize,
}

struct Grading<'a> {
    batch: &'a Batch<'a>,
    cases: &'a [Case],
    owners: Vec<Owner>,
    /// By case: the programs that have to be built.
    programs: Vec<Vec<BuildRecipe>>,
    /// By case: the sources are where they are compiled, or why not.
    stages: Vec<OnceLock<Result<(), String>>>,
    portions: Portions,
    window: Window,
}

/// Runs what has to be run, and adds the records to `ledger`; `tell` is told of each.
///
/// # Errors
/// A record can't be written. What was written stands.
pub fn run(
    batch: &Batch,
    cases: &[Case],
    ledger: &mut Ledger,
    mut tell: impl FnMut(Step),
) -> Result<(), LedgerError> {
    for case in cases.iter().filter(|case| case.open() == 0) {
        let (record, anew) = settled(case, finish(batch, case, Vec::new()));
        if anew {
            ledger.add(record.clone())?;
        }
        tell(Step::Submission { record: &record, anew });
    }
    let (plan, owners) = plan(batch, cases);
    let grading = Grading::new(batch, cases, &plan, owners);
    let mut graded: Vec<Vec<(usize, ExerciseGrade)>> = cases.iter().map(|_| Vec::new()).collect();
    let mut written = Ok(());
    execute(batch.means, &plan, &grading, |event| {
        let Event::Done { job, result } = event else { return };
        // What is under way when a signal comes is not what it was: its files are being taken away.
        if cancel::cancelled().is_some() {
            return;
        }
        let Owner { case, exercise } = grading.owners[job];
        let Part::Open { digest, .. } = &cases[case].parts[exercise] else { return };
        let one = grade(&batch.exercises[exercise], digest, &result, batch.means.rung().number());
        tell(Step::Exercise(&one));
        graded[case].push((exercise, one));
        if graded[case].len() < cases[case].open() {
            return;
        }
        let record = finish(batch, &cases[case], std::mem::take(&mut graded[case]));
        grading.clear(case);
        if written.is_ok() {
            written = ledger.add(record.clone());
            tell(Step::Submission { record: &record, anew: true });
        }
        if written.is_err() {
            // Nothing more can be kept: nothing more is begun.
            grading.window.close();
        }
    });
    written
}

/// A job for each exercise that has to be run, one submission after the other.
fn plan(batch: &Batch, cases: &[Case]) -> (Plan, Vec<Owner>) {
    let (mut jobs, mut owners) = (Vec::new(), Vec::new());
    for (number, case) in cases.iter().enumerate() {
        for (index, part) in case.parts.iter().enumerate() {
            if let Part::Open { .. } = part {
                let exercise = &batch.exercises[index];
                let folder = batch.work.folder(number).join(&exercise.name);
                jobs.push(Job::submission(exercise, &case.found.student.key, folder));
                owners.push(Owner { case: number, exercise: index });
            }
        }
    }
    (Plan::new(jobs, None), owners)
}

impl Beforehand for Grading<'_> {
    /// Its submission's sources are put where they are compiled, and its programs compiled together. While
    /// somebody else is at that, it is done for submissions that come later.
    fn ready(&self, job: usize) -> Result<(), String> {
        let case = self.owners[job].case;
        let has_room = || cancel::cancelled().is_none() && self.window.enter_at_once();
        self.portions.see_to(case, has_room, |case, reason| self.prepare(case, reason));
        let stage = self.stages[case].get().cloned();
        stage.unwrap_or_else(|| Err("taking the sources panicked".into()))
    }
}

impl<'a> Grading<'a> {
    fn new(batch: &'a Batch<'a>, cases: &'a [Case], plan: &Plan, owners: Vec<Owner>) -> Self {
        let mut programs: Vec<Vec<BuildRecipe>> = cases.iter().map(|_| Vec::new()).collect();
        for (job, owner) in plan.jobs.iter().zip(&owners) {
            programs[owner.case].extend(recipes(batch.means.course, job));
        }
        Grading {
            batch,
            cases,
            owners,
            programs,
            stages: cases.iter().map(|_| OnceLock::new()).collect(),
            portions: Portions::new(cases.len(), |case| cases[case].open() > 0),
            window: Window::new(UNDER_WAY),
        }
    }

    fn prepare(&self, case: usize, reason: Reason) {
        let has_room = reason == Reason::Ahead || self.window.enter();
        let staged = if has_room {
            self.stage(case).map(drop)
        } else {
            Err("the records can't be written, so nothing more was begun".into())
        };
        if staged.is_ok() {
            self.batch.means.builder.build_submission(&self.programs[case]);
        }
        // Nobody else has this portion.
        drop(self.stages[case].set(staged));
    }

    /// Takes the sources, and holds that they are those that were surveyed.
    fn stage(&self, number: usize) -> Result<PathBuf, String> {
        let case = &self.cases[number];
        let folder = self.batch.work.submission(number).map_err(|error| error.to_string())?;
        let taken = case.found.take(&folder).map_err(|error| error.to_string())?;
        for (part, exercise) in case.parts.iter().zip(self.batch.exercises) {
            let Part::Open { sources, .. } = part else { continue };
            let own = taken.exercises.iter().find(|one| one.name == exercise.name);
            if own.and_then(|own| own.digest.as_ref()) != Some(sources) {
                return Err(format!("{} was changed while it was graded; grade again", case.found.source));
            }
        }
        Ok(folder)
    }

    /// Takes the sources away, and makes room for the next.
    fn clear(&self, case: usize) {
        self.batch.means.builder.forget_submission(&self.programs[case]);
        // What is left by this is taken away with the whole folder.
        drop(fs::remove_dir_all(self.batch.work.folder(case)));
        self.batch.means.builder.prune();
        self.window.leave();
    }
}

/// The record, of what was known and what was found out now.
fn finish(batch: &Batch, case: &Case, mut graded: Vec<(usize, ExerciseGrade)>) -> Record {
    let rung = batch.means.rung().number();
    let exercises = case.parts.iter().zip(batch.exercises).enumerate().map(|(index, (part, exercise))| {
        let found = graded.iter().position(|(which, _)| *which == index);
        match (part, found) {
            (Part::Known(known), _) => known.clone(),
            (Part::Open { .. }, Some(at)) => graded.swap_remove(at).1,
            (Part::Open { digest, .. }, None) => not_graded(exercise, digest, "it was not run"),
        }
    });
    let exercises = exercises.collect();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let outcome = Outcome {
        digest: case.digest.clone(),
        trouble: case.trouble.clone(),
        exercises,
        rung,
        graded_at: i64::try_from(now).unwrap_or(i64::MAX),
    };
    record(&case.found, outcome, &batch.late)
}

/// The record on record, where the new one says the same; and whether it is a new one.
fn settled(case: &Case, new: Record) -> (Record, bool) {
    match &case.old {
        Some(old) if says_the_same(old, &new) => (old.clone(), false),
        _ => (new, true),
    }
}
