//! Programs of several jobs that are compiled together, before the first of these jobs is built.

use std::collections::BTreeMap;

use super::executor::Beforehand;
use super::portions::Portions;
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
    portions: Portions,
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
        let portions = Portions::new(batches.len(), |_| true);
        Together { builder, batches, of_job, portions }
    }
}

impl Beforehand for Together<'_> {
    fn ready(&self, job: usize) -> Result<(), String> {
        let compile = |batch: usize, _| self.builder.build_together(&self.batches[batch]);
        self.of_job[job].iter().for_each(|&batch| self.portions.see_to(batch, || true, compile));
        Ok(())
    }
}
