//! When a verdict may be taken from the record: when nothing has changed that it could depend on.

use super::context::Context;
use super::exit::{Exit, Stop};
use super::proving::exit_of;
use crate::build::builder::Builder;
use crate::build::source;
use crate::build::stamp::Stamp;
use crate::event::JobResult;
use crate::plan::{Job, Plan};
use crate::progress::record::Basis;
use crate::progress::verdict::Kept;
use crate::verdict::outcome::Verdict;

/// A digest of all that the verdict on a student's job depends on. None where no verdict is to be kept:
/// a part of the scenarios, or no certainty which checker this is.
pub fn basis(context: &Context, builder: &Builder, plan: &Plan, job: &Job, work: &Basis) -> Option<String> {
    if job.scenarios.len() != job.exercise.scenarios.len() || work.source.is_empty() {
        return None;
    }
    // A checker that was compiled anew may judge otherwise, and words what it says otherwise.
    let checker = serde_json::to_vec(&Stamp::of("/proc/self/exe".as_ref())?).ok()?;
    let look = format!("{:?} {:?} {}", context.look, context.isolation(), plan.fail_fast);
    Some(source::digest_of(&[
        work.source.as_bytes(),
        work.checks.as_bytes(),
        builder.compiler_version().as_bytes(),
        &checker,
        look.as_bytes(),
        job.folder.as_os_str().as_encoded_bytes(),
    ]))
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
