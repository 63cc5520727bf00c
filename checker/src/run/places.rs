//! Runners that ready themselves before there is a task for them, each for as many programs as the scenario
//! starts that it is meant for.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::order;
use crate::drive::client::Place;
use crate::plan::Plan;
use crate::sandbox::enter::USUAL;
use crate::scenario::step::Scenario;
use crate::scenario::weight;

/// More than this are made when they are asked for.
const MOST_PROGRAMS: usize = 16;

/// More than so many do not wait for tasks: each costs the kernel a look at all the others.
const MOST_READY: usize = 16;

/// A place, or why there is none, and for how many programs it is ready.
type Ready = (u32, Result<Place, String>);

/// Places for the scenarios of one plan.
#[derive(Debug)]
pub struct Places {
    /// For how many programs the next ones will be, in the order in which scenarios are likely to come.
    planned: Mutex<VecDeque<u32>>,
    ready: Mutex<Vec<Ready>>,
}

/// For how many programs a scenario's place should be ready. Of one job somebody waits for the last verdict; of many it
/// is the processors that count, and a program leaves what it had to the next one.
pub fn programs(plan: &Plan, scenario: &Scenario) -> u32 {
    let most = if plan.jobs.len() == 1 { MOST_PROGRAMS } else { USUAL };
    u32::try_from(weight::starts(scenario)).unwrap_or(u32::MAX).min(most as u32)
}

impl Places {
    pub fn new(plan: &Plan) -> Self {
        let of_job = |job| order::of(job).into_iter();
        let planned = order::of_jobs(plan).into_iter().flat_map(|job| {
            let job = &plan.jobs[job];
            of_job(job).map(|scenario| programs(plan, &job.exercise.scenarios[scenario])).collect::<Vec<_>>()
        });
        Places { planned: Mutex::new(planned.collect()), ready: Mutex::new(Vec::new()) }
    }

    /// For how many programs one more should be made ahead; None: there are enough.
    pub fn ahead(&self) -> Option<u32> {
        (lock(&self.ready).len() < MOST_READY).then(|| self.next()).flatten()
    }

    /// For how many programs the next one was planned, which will be made by others, or need not be.
    pub fn next(&self) -> Option<u32> {
        lock(&self.planned).pop_front()
    }

    pub fn put(&self, programs: u32, place: Result<Place, String>) {
        lock(&self.ready).push((programs, place));
    }

    /// The one that is ready for so many programs and for few more, or else for most.
    pub fn take(&self, programs: u32) -> Option<Result<Place, String>> {
        let mut ready = lock(&self.ready);
        let best = (0..ready.len()).min_by_key(|&at| misfit(ready[at].0, programs))?;
        Some(ready.swap_remove(best).1)
    }
}

/// How badly a place that is ready for so many programs suits a scenario that starts so many: one that lacks
/// some is worse than any that has too many.
fn misfit(ready: u32, wanted: u32) -> (bool, u32) {
    (ready < wanted, ready.abs_diff(wanted))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_that_fits_is_taken_first() {
        let places = Places { planned: Mutex::default(), ready: Mutex::default() };
        for programs in [1, 4, 2] {
            places.put(programs, Err(programs.to_string()));
        }
        let taken = [2, 3, 3].map(|programs| places.take(programs).map(|place| place.unwrap_err()));
        assert_eq!(taken, [Some("2".to_owned()), Some("4".to_owned()), Some("1".to_owned())]);
        assert!(places.take(1).is_none());
    }
}
