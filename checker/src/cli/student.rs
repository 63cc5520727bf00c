//! Where a student stands.

use super::context::Context;
use super::exit::Stop;
use crate::build::source;
use crate::build::stamp::Stamp;
use crate::course::Exercise;
use crate::progress::record::{Basis, Progress};

/// A student's work on an exercise, as it is now.
#[derive(Debug, Clone)]
pub struct Work {
    pub basis: Basis,
    /// [`stamp`]; empty where there is none.
    pub stamp: String,
}

/// The student's work as it is now.
pub fn work(context: &Context, exercise: &Exercise) -> Work {
    // First the stamp: what is saved in between makes it an old one.
    let stamp = stamp(context, &exercise.name).unwrap_or_default();
    Work { basis: basis(context, exercise), stamp }
}

/// What a verdict on the student's present work would be about.
pub fn basis(context: &Context, exercise: &Exercise) -> Basis {
    // No source, or one that can't be read, is no source that passed.
    let source = source::digest(&exercise.dir.join("src")).unwrap_or_default();
    let limits = format!("{:?}", context.course.limits);
    let checks = source::digest_of(&[
        exercise.text.as_bytes(),
        limits.as_bytes(),
        env!("CARGO_PKG_VERSION").as_bytes(),
    ]);
    Basis { source, checks }
}

/// A digest that is the same as long as neither the student's files nor the exercise's checks have been
/// touched. Costs a question for each file, where [`basis`] reads them and the course. None where one of
/// them is missing.
pub fn stamp(context: &Context, exercise: &str) -> Option<String> {
    let dir = context.course.root.join("exercises").join(exercise);
    let mut stamps = vec![Stamp::of(&dir.join("exercise.toml"))?];
    Stamp::of_tree(&dir.join("src"), &mut stamps).ok()?;
    let whole = format!("{stamps:?} {:?} {}", context.course.limits, env!("CARGO_PKG_VERSION"));
    Some(source::digest_of(&[whole.as_bytes()]))
}

/// Whether the exercise is done: it passed, and nothing of it has changed since.
fn is_done(context: &Context, progress: &Progress, name: &str) -> Result<bool, Stop> {
    let entry = progress.entry(name);
    if !entry.passed || stamp(context, name).is_some_and(|stamp| stamp == entry.stamp) {
        return Ok(entry.passed);
    }
    // Touched, but perhaps not changed.
    let exercise = context.course.exercise(name).map_err(Stop::usage)?;
    Ok(entry.is_done(&basis(context, &exercise)))
}

/// How many exercises are done, and which is the first that is not; None when all are.
pub fn standing(context: &Context, progress: &Progress) -> Result<(usize, Option<Exercise>), Stop> {
    let (mut done, mut open) = (0, None);
    for name in &context.course.exercises {
        if is_done(context, progress, name)? {
            done += 1;
        } else {
            open.get_or_insert(name);
        }
    }
    let open = open.map(|name| context.course.exercise(name).map_err(Stop::usage)).transpose()?;
    Ok((done, open))
}

/// The first exercise that is not done; None when all are.
pub fn first_open(context: &Context, progress: &Progress) -> Result<Option<Exercise>, Stop> {
    for name in &context.course.exercises {
        if !is_done(context, progress, name)? {
            return context.course.exercise(name).map(Some).map_err(Stop::usage);
        }
    }
    Ok(None)
}

/// Remembers what a complete run came to.
pub fn remember(
    context: &Context,
    exercise: &Exercise,
    work: Work,
    points: u32,
    passed: bool,
) -> Result<(), Stop> {
    let updated = context.store.update(&exercise.name, |entry| {
        entry.basis = work.basis;
        entry.stamp = work.stamp;
        entry.points = points;
        entry.passed = passed;
        entry.ever_passed |= passed;
    });
    updated.map(drop).map_err(|error| {
        Stop::fault(format!(
            "the verdict stands, but it can't be recorded in {}: {error}; make the folder writable",
            context.course.root.join(".checker").display()
        ))
    })
}
