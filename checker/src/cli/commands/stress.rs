//! `checker verify --times N`: does the same program always get the same verdict?

use std::collections::BTreeMap;
use std::io::Write;

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::proving::prove;
use crate::event::JobResult;
use crate::plan::{Job, Plan, Subject};
use crate::report::verification::{Difference, differences, name};
use crate::run::together::Together;

use super::verify::{exercises, jobs};

/// How often something came out otherwise than the course promises.
#[derive(Debug, Default)]
struct Count {
    times: u32,
    last: String,
}

/// Rounds over all right programs and all mistakes, in another order each time.
pub fn stress(context: &Context, asked: &[String], times: u32) -> Result<Exit, Stop> {
    let exercises = exercises(context, asked)?;
    let staging = tempfile::Builder::new().prefix("checker-verify-").tempdir()?;
    let mut jobs = jobs(context, &exercises, staging.path())?;
    // A starter promises only to fail, wherever it may.
    jobs.retain(|job| job.subject != Subject::Starter);
    let builder = context.builder()?;
    let means = context.means(&builder)?;
    let mut counts: BTreeMap<(String, String), Count> = BTreeMap::new();
    let (mut right, mut wrong, mut again) = (0u64, 0u64, 0u64);
    for round in 1..=times {
        fastrand::shuffle(&mut jobs);
        let plan = Plan::new(jobs.clone(), None);
        let together = Together::new(&context.course, &builder, &plan);
        let results = prove(&means, &plan, &together, |_, _| Ok(()))?;
        for (job, result) in plan.jobs.iter().zip(&results) {
            let runs = result.scenarios.len() as u64;
            *(if matches!(job.subject, Subject::Mistake(_)) { &mut wrong } else { &mut right }) += runs;
            again += result.scenarios.iter().filter(|judged| judged.flaky).count() as u64;
            count(&mut counts, job, result, plan.seed);
        }
        let so_far: u32 = counts.values().map(|count| count.times).sum();
        writeln!(std::io::stdout().lock(), "round {round} of {times}: {so_far} differences so far")?;
    }
    let mut out = std::io::stdout().lock();
    for ((subject, scenario), count) in &counts {
        writeln!(out, "{subject}, \"{scenario}\": {} of {times} times; {}", count.times, count.last)?;
    }
    let differed: u32 = counts.values().map(|count| count.times).sum();
    writeln!(
        out,
        "\n{right} scenarios of right programs and {wrong} of mistakes were run: {differed} differences, {again} deadlines \
         on a busy machine that were met when tried again alone. Isolation rung {}.",
        means.rung()
    )?;
    Ok(if differed == 0 { Exit::Passed } else { Exit::NotPassed })
}

fn count(counts: &mut BTreeMap<(String, String), Count>, job: &Job, result: &JobResult, seed: u64) {
    for Difference { scenario, what } in differences(job, result) {
        let subject = format!("{}, {}", job.exercise.name, name(&job.subject));
        let entry = counts.entry((subject, scenario)).or_default();
        entry.times += 1;
        entry.last = format!("last with seed {seed}: {what}");
    }
}
