//! In which order jobs, and a job's scenarios, are begun.

use std::cmp::Reverse;

use crate::plan::{Job, Plan, Subject};
use crate::scenario::weight;

/// The jobs of a plan in its order. But where a course proves itself, nobody is to wait at the end for a slow
/// program in a long scenario: variants come first, those of the exercise with the longest scenario before the
/// others, and mistakes, of one scenario each, last.
pub fn of_jobs(plan: &Plan) -> Vec<usize> {
    let rank = |job: &Job| match job.subject {
        Subject::Variant(_) => (0, Reverse(job.exercise.scenarios.iter().map(weight::of).max())),
        Subject::Mistake(_) => (2, Reverse(None)),
        _ => (1, Reverse(None)),
    };
    let mut order: Vec<usize> = (0..plan.jobs.len()).collect();
    order.sort_by_key(|&job| rank(&plan.jobs[job]));
    order
}

/// The scenarios that wait for no other, the long ones first; then those that do.
pub fn of(job: &Job) -> Vec<usize> {
    let mut order = job.scenarios.clone();
    order.sort_by_key(|&scenario| {
        (job.waits_for(scenario).is_some(), Reverse(weight::of(&job.exercise.scenarios[scenario])))
    });
    order
}
