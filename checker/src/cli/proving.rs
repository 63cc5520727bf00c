//! Runs a plan while a line on the terminal tells how far it is.

use std::io;

use super::exit::{Exit, Stop};
use super::live_line::on_stderr;
use crate::event::{BuildVerdict, Event, JobResult};
use crate::plan::{Plan, Subject};
use crate::report::verification;
use crate::run::executor::{Beforehand, execute};
use crate::run::means::Means;
use crate::verdict::outcome::Verdict;

/// Runs the plan, with what is known of it `beforehand`. `done` is told of each job as it ends, after the line was taken away.
pub fn prove(
    means: &Means,
    plan: &Plan,
    beforehand: &dyn Beforehand,
    mut done: impl FnMut(usize, &JobResult) -> io::Result<()>,
) -> Result<Vec<JobResult>, Stop> {
    let mut live = on_stderr();
    let mut results: Vec<Option<JobResult>> = vec![None; plan.jobs.len()];
    let mut told = Ok(());
    execute(means, plan, beforehand, |event| match event {
        Event::Building { job } => live.say(&format!("compiling {}", name(plan, job))),
        Event::Driving { job } => live.say(&format!("{}: running its scenarios", name(plan, job))),
        Event::Judged { job, judged } => live.say(&format!("{}: {}", name(plan, job), judged.name)),
        Event::Done { job, result } => {
            live.clear();
            if told.is_ok() {
                told = done(job, &result);
            }
            results[job] = Some(*result);
        }
    });
    live.clear();
    told?;
    let whole: Option<Vec<JobResult>> = results.into_iter().collect();
    whole.ok_or_else(|| Stop::fault("interrupted"))
}

fn name(plan: &Plan, job: usize) -> String {
    let job = &plan.jobs[job];
    match job.subject {
        Subject::Student => job.exercise.name.clone(),
        _ => format!("{}, {}", job.exercise.name, verification::name(&job.subject)),
    }
}

/// What a student's job means for the exit code.
pub fn exit_of(result: &JobResult) -> Exit {
    let of_build = match result.build {
        BuildVerdict::Built { .. } => Exit::Passed,
        BuildVerdict::Failed(_) => Exit::NotPassed,
        BuildVerdict::NotGraded(_) => Exit::Fault,
    };
    let of_scenarios = result.scenarios.iter().map(|judged| match judged.verdict {
        Verdict::Passed => Exit::Passed,
        Verdict::Failed(_) | Verdict::Skipped(_) => Exit::NotPassed,
        Verdict::NotGraded(_) => Exit::Fault,
    });
    of_scenarios.fold(of_build, Exit::max)
}
