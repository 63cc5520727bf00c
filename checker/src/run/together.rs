//! Programs of several jobs that are compiled together, before the first of these jobs is built.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::executor::Beforehand;
use super::recipes::recipes;
use crate::build::builder::{BuildRecipe, Builder};
use crate::build::joint::Kind;
use crate::course::Course;
use crate::plan::{Plan, Subject};

/// More in one crate take the compiler no less time, and more memory.
const MOST: usize = 32;

/// The variants, mistakes and mutants of a plan, in batches. Solutions and starters are compiled alone, as
/// students compile theirs.
#[derive(Debug)]
pub struct Together<'a> {
    builder: &'a Builder,
    batches: Vec<Vec<BuildRecipe>>,
    /// By job: the batches in which its programs are.
    of_job: Vec<Vec<usize>>,
    states: Mutex<Vec<State>>,
    changed: Condvar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    UnderWay,
    Done,
}

impl<'a> Together<'a> {
    pub fn new(course: &Course, builder: &'a Builder, plan: &Plan) -> Self {
        let mut batches: Vec<Vec<BuildRecipe>> = Vec::new();
        let mut filling: BTreeMap<Kind, usize> = BTreeMap::new();
        let mut of_job = vec![Vec::new(); plan.jobs.len()];
        for (job, own) in plan.jobs.iter().zip(&mut of_job) {
            if !matches!(job.subject, Subject::Variant(_) | Subject::Mistake(_) | Subject::Mutant { .. }) {
                continue;
            }
            for recipe in recipes(course, job) {
                let Some(kind) = builder.kind(&recipe) else { continue };
                let batch = filling.get(&kind).copied().filter(|&batch| batches[batch].len() < MOST);
                let batch = batch.unwrap_or_else(|| {
                    batches.push(Vec::new());
                    batches.len() - 1
                });
                filling.insert(kind, batch);
                batches[batch].push(recipe);
                own.push(batch);
            }
        }
        let states = Mutex::new(vec![State::Open; batches.len()]);
        Together { builder, batches, of_job, states, changed: Condvar::new() }
    }

    fn states(&self) -> MutexGuard<'_, Vec<State>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when a batch is compiled. While somebody else is at it, the next ones are taken.
    fn see_to(&self, batch: usize) {
        let mut states = self.states();
        while states[batch] != State::Done {
            let open = |at: &usize| states[*at] == State::Open;
            match Some(batch).filter(open).or_else(|| (batch..states.len()).find(open)) {
                Some(at) => {
                    states[at] = State::UnderWay;
                    drop(states);
                    // Also where the compilation panics: nobody is to wait for ever.
                    let _done = Done { of: self, batch: at };
                    self.builder.build_together(&self.batches[at]);
                }
                None => {
                    drop(self.changed.wait(states).unwrap_or_else(PoisonError::into_inner));
                }
            }
            states = self.states();
        }
    }
}

impl Beforehand for Together<'_> {
    fn ready(&self, job: usize) -> Result<(), String> {
        self.of_job[job].iter().for_each(|&batch| self.see_to(batch));
        Ok(())
    }
}

/// Tells that a batch is no longer under way, when it is dropped.
struct Done<'a> {
    of: &'a Together<'a>,
    batch: usize,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.of.states()[self.batch] = State::Done;
        self.of.changed.notify_all();
    }
}
