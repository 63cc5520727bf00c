//! In which order a job's scenarios are begun.

use std::cmp::Reverse;

use crate::plan::Job;
use crate::scenario::weight;

/// The scenarios that wait for no other, the long ones first; then those that do.
pub fn of(job: &Job) -> Vec<usize> {
    let mut order = job.scenarios.clone();
    order.sort_by_key(|&scenario| {
        (job.waits_for(scenario).is_some(), Reverse(weight::of(&job.exercise.scenarios[scenario])))
    });
    order
}
