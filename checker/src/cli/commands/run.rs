//! `checker next`, `checker run EX…`

use std::io::Write;
use std::iter::zip;
use std::sync::Arc;

use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::proving::{exit_of, prove};
use crate::cli::recorded::Scenarios;
use crate::cli::student::Work;
use crate::cli::{recorded, student};
use crate::course::Exercise;
use crate::event::JobResult;
use crate::plan::{Extent, Job, Plan};
use crate::progress::verdict::Kept;
use crate::report::{exercise, json};
use crate::verdict::outcome::Verdict;

/// What of the exercises is proved, and how.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Only these scenarios, by number; empty: all.
    pub only: Vec<usize>,
    pub seed: Option<u64>,
    /// Also where a verdict is on record.
    pub fresh: bool,
}

/// Proves the first exercise that is not done.
pub fn next(context: &Context, fresh: bool, format: Format) -> Result<Exit, Stop> {
    let progress = context.store.read()?;
    let Some(open) = student::first_open(context, &progress)? else {
        let mut out = std::io::stdout().lock();
        match format {
            Format::Text => {
                writeln!(out, "All {} exercises are done. Well done!", context.course.exercises.len())?
            }
            Format::Json => out.write_all(json::runs("next", None, None, &[]).as_bytes())?,
        }
        return Ok(Exit::Passed);
    };
    let exercise = Arc::new(open);
    let mut plan = Plan::new(vec![Job::student(&exercise)], None);
    plan.extent = Extent::FirstFailure;
    let exit = prove_plan(context, &plan, fresh, format, "next")?;
    if format == Format::Text {
        what_now(context, &exercise, exit)?;
    }
    Ok(exit)
}

/// Proves the exercises that are named.
pub fn run(context: &Context, asked: &[String], choice: &Choice, format: Format) -> Result<Exit, Stop> {
    let mut jobs = Vec::new();
    for name in asked {
        let name = context.resolve(name)?;
        let job = Job::student(&Arc::new(context.course.exercise(&name).map_err(Stop::usage)?));
        let only = &choice.only;
        jobs.push(if only.is_empty() { job } else { job.only(only).map_err(Stop::usage)? });
    }
    // A seed is named in order to see a run again.
    let fresh = choice.fresh || choice.seed.is_some();
    prove_plan(context, &Plan::new(jobs, choice.seed), fresh, format, "run")
}

fn prove_plan(
    context: &Context,
    plan: &Plan,
    fresh: bool,
    format: Format,
    command: &str,
) -> Result<Exit, Stop> {
    let builder = context.builder()?;
    let builder = if plan.jobs.len() == 1 { builder.for_one() } else { builder };
    let works: Vec<Work> = plan.jobs.iter().map(|job| student::work(context, &job.exercise)).collect();
    let bases: Vec<Option<String>> = zip(&plan.jobs, &works)
        .map(|(job, work)| recorded::basis(context, &builder, plan, job, &work.basis))
        .collect();
    // Of a part of the scenarios nothing is taken from the record.
    let before: Vec<Option<Kept>> = zip(&plan.jobs, &bases)
        .map(|(job, basis)| context.store.verdict(&job.exercise.name).filter(|_| basis.is_some() && !fresh))
        .collect();
    let (known, mut before): (Vec<_>, Vec<_>) = zip(before, &bases)
        .map(|(kept, basis)| match kept {
            Some(kept) if Some(&kept.basis) == basis.as_ref() => (Some(kept), None),
            before => (None, before),
        })
        .unzip();
    let mut teller = Teller { context, plan, format, told: vec![None; plan.jobs.len()], next: 0 };
    for (job, kept) in known.iter().enumerate() {
        if let Some(kept) = kept {
            teller.tell(job, &kept.result, true)?;
        }
    }
    let open: Vec<usize> = (0..plan.jobs.len()).filter(|&job| known[job].is_none()).collect();
    let mut rung = known.iter().flatten().map(|kept| kept.rung).next();
    let mut seed = known.iter().flatten().map(|kept| kept.seed).next();
    let mut results: Vec<Option<JobResult>> = known.into_iter().map(|kept| Some(kept?.result)).collect();
    if !open.is_empty() {
        let means = context.means(&builder)?;
        let part = Plan { jobs: open.iter().map(|&job| plan.jobs[job].clone()).collect(), ..*plan };
        let on_record: Vec<Scenarios> = open
            .iter()
            .map(|&job| Scenarios::new(context, &plan.jobs[job], &works[job].basis, before[job].take()))
            .collect();
        let found = prove(&means, &part, &on_record, |job, result| teller.tell(open[job], result, false))?;
        builder.prune();
        let found_on = means.rung().number();
        (rung, seed) = (Some(found_on), Some(plan.seed));
        for ((&job, result), scenarios) in zip(zip(&open, found), on_record) {
            remember(context, &plan.jobs[job], &works[job], &result)?;
            if let Some(basis) = bases[job].clone() {
                let kept = scenarios.kept(basis, plan.seed, found_on, result.clone());
                recorded::keep(context, &plan.jobs[job], &kept)?;
            }
            results[job] = Some(result);
        }
    }
    let results: Vec<JobResult> = results.into_iter().flatten().collect();
    if format == Format::Json {
        let runs: Vec<(&Job, &JobResult)> = zip(&plan.jobs, &results).collect();
        std::io::stdout().lock().write_all(json::runs(command, seed, rung, &runs).as_bytes())?;
    }
    Ok(results.iter().map(exit_of).max().unwrap_or(Exit::Passed))
}

/// Tells results in the order in which the exercises were named.
struct Teller<'a> {
    context: &'a Context,
    plan: &'a Plan,
    format: Format,
    told: Vec<Option<String>>,
    next: usize,
}

impl Teller<'_> {
    fn tell(&mut self, job: usize, result: &JobResult, known: bool) -> std::io::Result<()> {
        if self.format == Format::Json {
            return Ok(());
        }
        let mut text = exercise::exercise(&self.plan.jobs[job], result, self.context.look);
        if known {
            text.push_str("Nothing has changed since this was found; `--fresh` proves it again.\n");
        }
        self.told[job] = Some(text);
        while let Some(text) = self.told.get_mut(self.next).and_then(Option::take) {
            let mut out = std::io::stdout().lock();
            if self.next > 0 {
                writeln!(out)?;
            }
            out.write_all(text.as_bytes())?;
            self.next += 1;
        }
        Ok(())
    }
}

/// A part of the scenarios proves no exercise; a fault of ours disproves none.
fn remember(context: &Context, job: &Job, work: &Work, result: &JobResult) -> Result<(), Stop> {
    let whole = job.scenarios.len() == job.exercise.scenarios.len();
    if !whole || exit_of(result) == Exit::Fault {
        return Ok(());
    }
    student::remember(context, &job.exercise, work.clone(), points(result), exit_of(result) == Exit::Passed)
}

fn points(result: &JobResult) -> u32 {
    result
        .scenarios
        .iter()
        .filter(|judged| judged.verdict == Verdict::Passed)
        .map(|judged| judged.points)
        .sum()
}

fn what_now(context: &Context, exercise: &Exercise, exit: Exit) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    match exit {
        Exit::Passed => match student::first_open(context, &context.store.read()?)? {
            None => writeln!(out, "\nThat was the last one. All exercises are done. Well done!")?,
            Some(open) => {
                let readme = context.course.root.join("exercises").join(&open.name).join("README.md");
                writeln!(out, "\nNext: {}, {}", open.name, open.title)?;
                writeln!(out, "  read  {}", shown(context, &readme))?;
                writeln!(out, "  then  checker next")?;
            }
        },
        Exit::NotPassed => {
            writeln!(
                out,
                "\nEdit {}, then `checker next`.\nStuck? `checker hint`",
                source(context, exercise)
            )?;
        }
        Exit::Usage | Exit::Fault => {}
    }
    Ok(())
}

fn source(context: &Context, exercise: &Exercise) -> String {
    let sources: Vec<String> =
        exercise.programs.iter().map(|program| shown(context, &exercise.dir.join(&program.source))).collect();
    sources.join(" or ")
}

fn shown(context: &Context, path: &std::path::Path) -> String {
    path.strip_prefix(&context.course.root).unwrap_or(path).display().to_string()
}
