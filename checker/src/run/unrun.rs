//! Verdicts on what was not run.

use crate::build::outcome::BuildOutcome;
use crate::plan::Job;
use crate::record::finding::Finding;
use crate::verdict::outcome::{CompileTrouble, Detail, Failure, Judged, Verdict};

/// A scenario that is not run, since the one that it comes after did not pass.
pub fn skip(job: &Job, scenario: usize) -> Judged {
    let after = job.waits_for(scenario).map(|after| job.exercise.scenarios[after].name.clone());
    let scenario_of = &job.exercise.scenarios[scenario];
    Judged {
        number: scenario + 1,
        name: scenario_of.name.clone(),
        points: scenario_of.points,
        verdict: Verdict::Skipped(after.unwrap_or_default()),
        observation: None,
        flaky: false,
        known: false,
    }
}

/// A program that there is not, since it could not be built.
pub fn not_built(outcome: BuildOutcome) -> Failure {
    let compile = |rendered, why| (Finding::DidNotCompile, Detail::Compile { rendered, why });
    let (finding, detail) = match outcome {
        BuildOutcome::NoSource { path, trouble } => {
            (Finding::NoSource, Detail::NoSource { path: path.display().to_string(), trouble })
        }
        BuildOutcome::TooLong { rendered } => compile(rendered, CompileTrouble::TooLong),
        BuildOutcome::TooMuch { rendered } => compile(rendered, CompileTrouble::TooMuch),
        BuildOutcome::Errors { rendered } => compile(rendered, CompileTrouble::Errors),
        BuildOutcome::Built(_) => unreachable!("a program that was built did not fail to build"),
    };
    Failure { finding, step: None, waited_ms: 0, at_rest: false, detail }
}
