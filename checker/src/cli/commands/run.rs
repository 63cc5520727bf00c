//! `checker next`, `checker run EX…`

use std::io::Write;
use std::sync::Arc;

use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::proving::{exit_of, prove};
use crate::cli::student;
use crate::course::Exercise;
use crate::event::JobResult;
use crate::plan::{Job, Plan};
use crate::report::{exercise, json};
use crate::verdict::outcome::Verdict;

/// Proves the first exercise that is not done.
pub fn next(context: &Context, format: Format) -> Result<Exit, Stop> {
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
    plan.fail_fast = true;
    let exit = prove_plan(context, &plan, format, "next")?;
    if format == Format::Text {
        what_now(context, &exercise, exit)?;
    }
    Ok(exit)
}

/// Proves the exercises that are named.
pub fn run(
    context: &Context,
    asked: &[String],
    only: &[usize],
    seed: Option<u64>,
    format: Format,
) -> Result<Exit, Stop> {
    let mut jobs = Vec::new();
    for name in asked {
        let name = context.resolve(name)?;
        let job = Job::student(&Arc::new(context.course.exercise(&name).map_err(Stop::usage)?));
        jobs.push(if only.is_empty() { job } else { job.only(only).map_err(Stop::usage)? });
    }
    prove_plan(context, &Plan::new(jobs, seed), format, "run")
}

fn prove_plan(context: &Context, plan: &Plan, format: Format, command: &str) -> Result<Exit, Stop> {
    let builder = context.builder()?;
    let means = context.means(&builder)?;
    let bases: Vec<_> = plan.jobs.iter().map(|job| student::basis(context, &job.exercise)).collect();
    let mut told: Vec<Option<String>> = vec![None; plan.jobs.len()];
    let mut next = 0;
    let results = prove(context, &means, plan, |job, result| {
        if format == Format::Json {
            return Ok(());
        }
        told[job] = Some(exercise::exercise(&plan.jobs[job], result, context.look));
        // In the order in which they were named.
        while let Some(text) = told.get_mut(next).and_then(Option::take) {
            let mut out = std::io::stdout().lock();
            if next > 0 {
                writeln!(out)?;
            }
            out.write_all(text.as_bytes())?;
            next += 1;
        }
        Ok(())
    })?;
    builder.prune();
    if format == Format::Json {
        let runs: Vec<(&Job, &JobResult)> = plan.jobs.iter().zip(&results).collect();
        let document = json::runs(command, Some(plan.seed), Some(means.rung().number()), &runs);
        std::io::stdout().lock().write_all(document.as_bytes())?;
    }
    for ((job, basis), result) in plan.jobs.iter().zip(bases).zip(&results) {
        let passed = exit_of(result) == Exit::Passed;
        let whole = job.scenarios.len() == job.exercise.scenarios.len();
        // A part of the scenarios proves no exercise; a fault of ours disproves none.
        if whole && exit_of(result) != Exit::Fault {
            student::remember(context, &job.exercise, basis, points(result), passed)?;
        }
    }
    Ok(results.iter().map(exit_of).max().unwrap_or(Exit::Passed))
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
                "\nEdit {}, then `checker next`. Stuck? `checker hint`",
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
