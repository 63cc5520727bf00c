//! When a verdict may be taken from the record: when nothing has changed that it could depend on. That of a
//! whole exercise depends on all of its sources, that of a scenario only on the programs that it starts.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::context::Context;
use super::exit::{Exit, Stop};
use super::proving::exit_of;
use crate::build::builder::Builder;
use crate::build::source::{self, Digest};
use crate::build::stamp::Stamp;
use crate::event::JobResult;
use crate::plan::{Job, Plan};
use crate::progress::record::Basis;
use crate::progress::verdict::Kept;
use crate::run::executor::Beforehand;
use crate::run::trial::Binary;
use crate::verdict::outcome::{Judged, Verdict};

/// A digest of all that the verdict on a student's job depends on. None where no verdict is to be kept:
/// a part of the scenarios, or no certainty which checker this is.
pub fn basis(context: &Context, builder: &Builder, plan: &Plan, job: &Job, work: &Basis) -> Option<String> {
    if job.scenarios.len() != job.exercise.scenarios.len() || work.source.is_empty() {
        return None;
    }
    let look = format!("{:?} {:?}", context.look, plan.extent);
    Some(source::digest_of(&[
        work.source.as_bytes(),
        builder.compiler_version().as_bytes(),
        look.as_bytes(),
        checks(context, job, work)?.as_bytes(),
    ]))
}

/// A digest of all that a verdict depends on beside the programs.
fn checks(context: &Context, job: &Job, work: &Basis) -> Option<Digest> {
    // A checker that was compiled anew may judge otherwise, and words what it says otherwise.
    let checker = serde_json::to_vec(&Stamp::of("/proc/self/exe".as_ref())?).ok()?;
    let isolation = format!("{:?}", context.isolation());
    Some(source::digest_of(&[
        work.checks.as_bytes(),
        &checker,
        isolation.as_bytes(),
        job.folder.as_os_str().as_encoded_bytes(),
    ]))
}

/// What is on record of the scenarios of one job that is run.
#[derive(Debug)]
pub struct Scenarios {
    /// None where nothing is taken from the record, and nothing goes there.
    checks: Option<Digest>,
    before: Option<Kept>,
    /// What the verdict on each scenario depends on now, by its number.
    bases: Mutex<BTreeMap<usize, Digest>>,
}

impl Scenarios {
    /// `before`: what is on record; None if all is to be run.
    pub fn new(context: &Context, job: &Job, work: &Basis, before: Option<Kept>) -> Self {
        Scenarios { checks: checks(context, job, work), before, bases: Mutex::default() }
    }

    /// The verdict on one, by index, if it has passed with just these binaries.
    fn passed(&self, scenario: usize, binaries: &[Binary]) -> Option<Judged> {
        let number = scenario + 1;
        let mut parts = vec![self.checks.as_ref()?.as_bytes()];
        for (program, binary) in binaries {
            parts.extend([program.as_bytes(), binary.as_os_str().as_encoded_bytes()]);
        }
        let basis = source::digest_of(&parts);
        let mut passes = self.before.iter().flat_map(Kept::passes);
        let known = passes.find(|(of, judged)| *of == basis && judged.number == number);
        self.bases.lock().unwrap_or_else(PoisonError::into_inner).insert(number, basis);
        Some(known?.1.clone())
    }

    /// What is to be on record after this run.
    pub fn kept(self, basis: String, seed: u64, rung: u8, result: JobResult) -> Kept {
        let scenarios = self.bases.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut kept = Kept { basis, seed, rung, result, scenarios, earlier: Vec::new() };
        if let Some(before) = &self.before {
            kept.remember(before);
        }
        kept
    }
}

/// What is on record of the jobs of a plan, in its order.
impl Beforehand for Vec<Scenarios> {
    fn passed(&self, job: usize, scenario: usize, binaries: &[Binary]) -> Option<Judged> {
        self[job].passed(scenario, binaries)
    }
}

/// Keeps a verdict, unless another run might come to another one: trouble that is not the student's,
/// and what a busy machine may have brought about.
pub fn keep(context: &Context, job: &Job, kept: &Kept) -> Result<(), Stop> {
    if exit_of(&kept.result) == Exit::Fault || is_doubtful(&kept.result) {
        return Ok(());
    }
    context.store.keep_verdict(&job.exercise.name, kept).map_err(|error| {
        Stop::fault(format!(
            "the verdict stands, but it can't be kept in {}: {error}; make the folder writable",
            context.course.root.join(".checker").display()
        ))
    })
}

fn is_doubtful(result: &JobResult) -> bool {
    result.scenarios.iter().any(|judged| {
        let starved = judged.observation.as_ref().is_some_and(|observation| observation.starved);
        judged.flaky || starved && judged.verdict != Verdict::Passed
    })
}
