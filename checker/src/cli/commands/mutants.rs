//! `checker verify --mutants`: is there a wrong program, one change away from a right one, that nothing catches?

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::proving::prove;
use crate::course::{Exercise, Solution};
use crate::mutate::{self, Mutant};
use crate::plan::{Extent, Job, Plan};
use crate::progress::work;
use crate::report::mutants::{Trial, heading, json, outcome};
use crate::run::together::Together;

use super::verify::exercises;

/// One exercise after another: the mutants of one solution are compiled and driven side by side.
pub fn mutants(context: &Context, asked: &[String], seed: Option<u64>, format: Format) -> Result<Exit, Stop> {
    let exercises = exercises(context, asked)?;
    let seed = Plan::new(Vec::new(), seed).seed;
    let mut trials = Vec::new();
    let mut rung = 0;
    for (at, exercise) in exercises.iter().enumerate() {
        let trial = trial(context, exercise, seed, &mut rung)?;
        if format == Format::Text {
            let heading = if at == 0 { heading() } else { String::new() };
            std::io::stdout().lock().write_all(format!("{heading}{}", trial.text()).as_bytes())?;
        }
        trials.push(trial);
    }
    let mut out = std::io::stdout().lock();
    match format {
        Format::Json => out.write_all(json(seed, rung, &trials).as_bytes())?,
        Format::Text => writeln!(out, "\nIsolation rung {rung}, seed {seed}.")?,
    }
    Ok(match trials {
        trials if trials.iter().any(Trial::is_open) => Exit::Fault,
        trials if trials.iter().all(Trial::holds) => Exit::Passed,
        _ => Exit::NotPassed,
    })
}

fn trial(context: &Context, exercise: &Arc<Exercise>, seed: u64, rung: &mut u8) -> Result<Trial, Stop> {
    let solution = context.course.solution(exercise).map_err(Stop::usage)?;
    let mutants = of_solution(&solution)?;
    // Their binaries are of no use to anybody later.
    let staging = tempfile::Builder::new().prefix("checker-mutants-").tempdir()?;
    let builder = context.builder_in(&staging.path().join("built"))?;
    let mut jobs = Vec::new();
    for (number, mutant) in mutants.iter().enumerate() {
        let folder = staging.path().join(number.to_string());
        work::copy(&solution.dir.join("src"), &folder.join("src"))?;
        fs::write(folder.join(&mutant.file), &mutant.source)?;
        jobs.push(Job::mutant(exercise, &mutant.name, is_listed(&solution, mutant), folder));
    }
    let plan = Plan { extent: Extent::AnyFailure, ..Plan::new(jobs, Some(seed)) };
    let means = context.means(&builder)?;
    *rung = means.rung().number();
    let together = Together::new(&context.course, &builder, &plan);
    let results = prove(&means, &plan, &together, |_, _| Ok(()))?;
    let outcomes: Vec<_> = (plan.jobs.iter().zip(&results).zip(&mutants))
        .map(|((job, result), mutant)| outcome(job, result, is_listed(&solution, mutant)))
        .collect();
    let stale = solution.equivalents.iter();
    let stale = stale.filter(|entry| !mutants.iter().any(|mutant| mutant.name == entry.mutant));
    Ok(Trial {
        exercise: exercise.name.clone(),
        stale: stale.cloned().collect(),
        mutants: mutants.into_iter().zip(outcomes).collect(),
    })
}

fn is_listed(solution: &Solution, mutant: &Mutant) -> bool {
    solution.equivalents.iter().any(|entry| entry.mutant == mutant.name)
}

/// The mutants of every source of a solution, by file.
fn of_solution(solution: &Solution) -> Result<Vec<Mutant>, Stop> {
    let mut files = Vec::new();
    sources(&solution.dir.join("src"), &mut files)?;
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let name = file.strip_prefix(&solution.dir).unwrap_or(&file).to_string_lossy().into_owned();
        let source = fs::read_to_string(&file)?;
        all.extend(mutate::mutants(&name, &source).map_err(|error| {
            Stop::usage(format!("{}: this is not Rust: {error}", solution.dir.display()))
        })?);
    }
    Ok(all)
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sources(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    Ok(())
}
