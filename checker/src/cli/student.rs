//! Where a student stands.

use super::context::Context;
use super::exit::Stop;
use crate::build::source;
use crate::course::Exercise;
use crate::progress::record::{Basis, Progress};

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

pub fn is_done(context: &Context, progress: &Progress, exercise: &Exercise) -> bool {
    let entry = progress.entry(&exercise.name);
    // Digests only where there is something to compare them with.
    entry.passed && entry.is_done(&basis(context, exercise))
}

/// The first exercise that is not done; None when all are.
pub fn first_open(context: &Context, progress: &Progress) -> Result<Option<Exercise>, Stop> {
    for name in &context.course.exercises {
        let exercise = context.course.exercise(name).map_err(Stop::usage)?;
        if !is_done(context, progress, &exercise) {
            return Ok(Some(exercise));
        }
    }
    Ok(None)
}

/// Remembers what a complete run came to.
pub fn remember(
    context: &Context,
    exercise: &Exercise,
    basis: Basis,
    points: u32,
    passed: bool,
) -> Result<(), Stop> {
    let updated = context.store.update(&exercise.name, |entry| {
        entry.basis = basis;
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
