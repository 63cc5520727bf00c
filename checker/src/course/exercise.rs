//! An exercise: its folder, its programs, its scenarios.

use std::iter;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::scenario::step::Scenario;

use super::course_file::Course;
use super::problem::{Problem, Problems};
use super::{exercise_file, files};

/// One exercise of a course.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// The folder's name: `04_multi_client`.
    pub name: String,
    /// From the folder's name: 4.
    pub number: u32,
    /// The folder's name without its number: `multi_client`. The cargo package is called so.
    pub package: String,
    /// One line.
    pub title: String,
    /// The exercise's folder, absolute.
    pub dir: PathBuf,
    /// Its `exercise.toml`, relative to the course's root, for messages.
    pub file: PathBuf,
    /// At least one.
    pub programs: Vec<Program>,
    /// At least two, of rising directness.
    pub hints: Vec<String>,
    /// At least one, with unique names.
    pub scenarios: Vec<Scenario>,
    /// The content of `exercise.toml`, for digests.
    pub text: String,
}

/// A program that the student writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The binary's name.
    pub name: String,
    /// Its main file, relative to the exercise's folder: `src/main.rs`, `src/bin/server.rs`.
    pub source: PathBuf,
}

impl Exercise {
    /// The points of all scenarios together.
    pub fn points(&self) -> u32 {
        self.scenarios.iter().map(|scenario| scenario.points).sum()
    }

    /// The folder relative to the course's root.
    pub(super) fn folder(&self) -> PathBuf {
        PathBuf::from("exercises").join(&self.name)
    }
}

impl Course {
    /// Reads the exercise in the folder `exercises/NAME`, and no other. `name` is one of
    /// [`Course::exercises`]; see [`Course::resolve`] for what people type.
    ///
    /// The student's own files are not looked at: a missing source is for the verdict to tell.
    ///
    /// # Errors
    /// Every fault of its `exercise.toml`.
    pub fn exercise(&self, name: &str) -> Result<Exercise, Problems> {
        if let Some(missing) = self.missing(name) {
            return Err(Problems(vec![missing]));
        }
        exercise_file::load(self, name)
    }

    /// Reads every exercise, in order, and checks that the files are there that each must bring: the starter's
    /// sources and `README.md`.
    ///
    /// # Errors
    /// All faults of all exercises.
    pub fn load_all(&self) -> Result<Vec<Exercise>, Problems> {
        let mut exercises = Vec::new();
        let mut problems = Vec::new();
        for read in self.read_all() {
            match read {
                Ok(exercise) => {
                    problems.extend(files::missing(self, &exercise));
                    exercises.push(exercise);
                }
                Err(found) => problems.extend(found.0),
            }
        }
        Problems::sorted(problems).or(exercises)
    }

    /// Reads every exercise as [`Course::exercise`] does, in order: on all processors, since a file of a few
    /// hundred lines takes a millisecond.
    pub fn read_all(&self) -> Vec<Result<Exercise, Problems>> {
        let next = AtomicUsize::new(0);
        let read = || {
            let at = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&at| at < self.exercises.len());
            iter::from_fn(at).map(|at| (at, self.exercise(&self.exercises[at]))).collect::<Vec<_>>()
        };
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(self.exercises.len());
        let mut all = thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(read)).collect();
            let mut all = read();
            all.extend(others.into_iter().flat_map(|other| match other.join() {
                Ok(read) => read,
                Err(panic) => resume_unwind(panic),
            }));
            all
        });
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, read)| read).collect()
    }

    /// The problem that `name` is not in `course.toml`, or that it has no folder.
    fn missing(&self, name: &str) -> Option<Problem> {
        let Some(at) = self.exercises.iter().position(|known| known == name) else {
            let cure = "add it to `exercises`";
            return Some(Problem::of_file("course.toml", format!("there is no exercise `{name}`"), cure));
        };
        if self.root.join("exercises").join(name).is_dir() {
            return None;
        }
        Some(Problem {
            file: self.source.file.clone(),
            place: Some(self.source.place(&self.entries[at])),
            message: format!("there is no folder exercises/{name}"),
            cure: Some("make it, or take the name out".into()),
        })
    }
}
