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

/// Tells which exercises are done: those that passed, and of which nothing has changed since.
struct Done<'a> {
    context: &'a Context,
    progress: &'a Progress,
    /// Of exercises that were touched, but not changed: the course need not be read for them again.
    stamps: Vec<(String, Basis, String)>,
}

impl<'a> Done<'a> {
    fn new(context: &'a Context, progress: &'a Progress) -> Self {
        Done { context, progress, stamps: Vec::new() }
    }

    fn is_done(&mut self, name: &str) -> Result<bool, Stop> {
        let entry = self.progress.entry(name);
        let stamp = stamp(self.context, name);
        if !entry.passed || stamp.as_ref() == Some(&entry.stamp) {
            return Ok(entry.passed);
        }
        let exercise = self.context.course.exercise(name).map_err(Stop::usage)?;
        let done = entry.is_done(&basis(self.context, &exercise));
        if let Some(stamp) = stamp.filter(|_| done) {
            self.stamps.push((name.to_owned(), entry.basis, stamp));
        }
        Ok(done)
    }
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        if !self.stamps.is_empty() {
            // Where that can't be written, the course is read again the next time.
            drop(self.context.store.restamp(&self.stamps));
        }
    }
}

/// How many exercises are done, and which is the first that is not; None when all are.
pub fn standing(context: &Context, progress: &Progress) -> Result<(usize, Option<Exercise>), Stop> {
    let (mut count, mut open, mut done) = (0, None, Done::new(context, progress));
    for name in &context.course.exercises {
        if done.is_done(name)? {
            count += 1;
        } else {
            open.get_or_insert(name);
        }
    }
    let open = open.map(|name| context.course.exercise(name).map_err(Stop::usage)).transpose()?;
    Ok((count, open))
}

/// The first exercise that is not done; None when all are.
pub fn first_open(context: &Context, progress: &Progress) -> Result<Option<Exercise>, Stop> {
    let mut done = Done::new(context, progress);
    for name in &context.course.exercises {
        if !done.is_done(name)? {
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
