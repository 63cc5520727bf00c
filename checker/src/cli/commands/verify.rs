//! `checker verify`: the course proves itself.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::proving::prove;
use crate::course::{Exercise, Mistake, Problems};
use crate::event::JobResult;
use crate::plan::{Job, Plan, Subject};
use crate::progress::work;
use crate::report::json;
use crate::report::verification::{self, Held, held};
use crate::run::together::Together;

pub fn verify(context: &Context, asked: &[String], seed: Option<u64>, format: Format) -> Result<Exit, Stop> {
    let exercises = exercises(context, asked)?;
    let staging = tempfile::Builder::new().prefix("checker-verify-").tempdir()?;
    let jobs = jobs(context, &exercises, staging.path())?;
    let plan = Plan::new(jobs, seed);
    let builder = context.builder()?;
    let means = context.means(&builder)?;
    let mut shown =
        Shown { context, exercises: &exercises, plan: &plan, results: vec![None; plan.jobs.len()], next: 0 };
    let together = Together::new(&context.course, &builder, &plan);
    let results = prove(&means, &plan, &together, |job, result| {
        shown.results[job] = Some(result.clone());
        if format == Format::Text { shown.show() } else { Ok(()) }
    })?;
    builder.prune();
    let runs: Vec<(&Job, &JobResult)> = plan.jobs.iter().zip(&results).collect();
    let mut out = std::io::stdout().lock();
    match format {
        Format::Json => out.write_all(json::verify(plan.seed, means.rung().number(), &runs).as_bytes())?,
        Format::Text => {
            let rung = means.rung();
            let seed = plan.seed;
            writeln!(out, "\n{} Isolation rung {rung}, seed {seed}, {}.", totals(&runs), builder.compiler())?;
        }
    }
    Ok(runs
        .iter()
        .map(|(job, result)| match held(job, result) {
            Held::Yes => Exit::Passed,
            Held::No(_) => Exit::NotPassed,
            Held::Unknown(_) => Exit::Fault,
        })
        .max()
        .unwrap_or(Exit::Passed))
}

/// All exercises, or those that are named; every fault of the course at once.
pub(super) fn exercises(context: &Context, asked: &[String]) -> Result<Vec<Arc<Exercise>>, Stop> {
    let names = asked.iter().map(|name| context.resolve(name)).collect::<Result<Vec<_>, Stop>>()?;
    let mut problems = Vec::new();
    if names.is_empty() {
        problems.extend(context.course.unnamed_exercises());
    }
    let mut chosen = Vec::new();
    let loaded = if names.is_empty() {
        vec![context.course.load_all()]
    } else {
        names.iter().map(|name| context.course.exercise(name).map(|exercise| vec![exercise])).collect()
    };
    for loaded in loaded {
        match loaded {
            Ok(exercises) => chosen.extend(exercises),
            Err(found) => problems.extend(found.0),
        }
    }
    for exercise in &chosen {
        let solution = context.course.solution(exercise).map(drop);
        let starter = context.course.starter(exercise).map(drop);
        problems.extend(context.course.stray_solutions(exercise));
        problems.extend([solution, starter].into_iter().filter_map(Result::err).flat_map(|found| found.0));
    }
    if problems.is_empty() {
        Ok(chosen.into_iter().map(Arc::new).collect())
    } else {
        Err(Stop::usage(Problems::sorted(problems)))
    }
}

pub(super) fn jobs(context: &Context, exercises: &[Arc<Exercise>], staging: &Path) -> Result<Vec<Job>, Stop> {
    let mut jobs = Vec::new();
    for exercise in exercises {
        let solution = context.course.solution(exercise).map_err(Stop::usage)?;
        jobs.push(Job::solution(exercise, &solution.dir));
        let starter = context.course.starter(exercise).map_err(Stop::usage)?;
        jobs.push(Job::starter(exercise, starter));
        jobs.extend(solution.variants.iter().map(|folder| Job::variant(exercise, folder)));
        for (number, mistake) in solution.mistakes.iter().enumerate() {
            let folder = staging.join(&exercise.name).join(number.to_string());
            stage(mistake, &solution.dir, &folder)?;
            jobs.push(Job::mistake(exercise, mistake, folder));
        }
    }
    Ok(jobs)
}

/// The solution's sources with the mistake in the place of one of them.
fn stage(mistake: &Mistake, solution: &Path, folder: &Path) -> std::io::Result<()> {
    work::copy(&solution.join("src"), &folder.join("src"))?;
    std::fs::copy(&mistake.file, folder.join(&mistake.replaces)).map(drop)
}

/// Shows each exercise, in order, when all of its jobs are done.
struct Shown<'a> {
    context: &'a Context,
    exercises: &'a [Arc<Exercise>],
    plan: &'a Plan,
    results: Vec<Option<JobResult>>,
    next: usize,
}

impl Shown<'_> {
    fn show(&mut self) -> std::io::Result<()> {
        while let Some(exercise) = self.exercises.get(self.next) {
            let own: Option<Vec<(&Job, &JobResult)>> = self
                .plan
                .jobs
                .iter()
                .zip(&self.results)
                .filter(|(job, _)| job.exercise.name == exercise.name)
                .map(|(job, result)| result.as_ref().map(|result| (job, result)))
                .collect();
            let Some(own) = own else { return Ok(()) };
            let text = verification::exercise(exercise, &own, self.context.look);
            std::io::stdout().lock().write_all(text.as_bytes())?;
            self.next += 1;
        }
        Ok(())
    }
}

fn totals(runs: &[(&Job, &JobResult)]) -> String {
    let count = |which: fn(&Subject) -> bool| {
        let of: Vec<_> = runs.iter().filter(|(job, _)| which(&job.subject)).collect();
        let held = of.iter().filter(|(job, result)| held(job, result) == Held::Yes).count();
        format!("{held} of {}", of.len())
    };
    format!(
        "{} solutions and {} variants pass, {} starters fail, {} mistakes are caught where they should be.",
        count(|subject| *subject == Subject::Solution),
        count(|subject| matches!(subject, Subject::Variant(_))),
        count(|subject| *subject == Subject::Starter),
        count(|subject| matches!(subject, Subject::Mistake(_))),
    )
}
