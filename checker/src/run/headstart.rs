//! How far the compilers are to be ahead of the scenarios.
//!
//! Most scenarios wait, and a place is kept for the next ones of the same owner. So it is best to have programs of many
//! owners to drive, a place or two each: with few of them there would be a place for each of their scenarios, and new
//! ones for the next owner's.

use std::collections::HashSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// More than so many owners need not wait: about that many scenarios are under way at a time. Whoever lets fewer be built
/// before any is driven would wait for ever.
const MOST: usize = 12;

#[derive(Debug)]
pub struct Headstart {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    /// Of so many owners, with something to drive.
    wanted: usize,
    built: HashSet<usize>,
}

impl Headstart {
    /// `owners` by job, as [`Plan::owners`](crate::plan::Plan::owners) has it. Half of those with several jobs: the
    /// other half is compiled beside scenarios, or nobody would be.
    pub fn new(owners: &[usize]) -> Self {
        let several = owners.iter().enumerate().filter(|&(job, &owner)| job == owner);
        let several = several.filter(|&(job, _)| owners[job + 1..].contains(&job)).count();
        let state = State { wanted: MOST.min(several / 2), built: HashSet::new() };
        Headstart { state: Mutex::new(state), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// This owner has something to drive.
    pub fn built(&self, owner: usize) {
        self.lock().built.insert(owner);
        self.changed.notify_all();
    }

    /// Nothing more is built.
    pub fn is_over(&self) {
        self.lock().wanted = 0;
        self.changed.notify_all();
    }

    /// Waits until the compilers are ahead.
    pub fn wait(&self) {
        let mut state = self.lock();
        while state.built.len() < state.wanted {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(owners: &[usize]) -> usize {
        Headstart::new(owners).lock().wanted
    }

    #[test]
    fn half_of_a_class_is_compiled_first_and_of_nobody_else_anything() {
        assert_eq!(wanted(&[0]), 0);
        assert_eq!(wanted(&[0, 0, 0]), 0, "a student's own exercises");
        assert_eq!(wanted(&[0, 1, 2, 3, 4, 5]), 0, "a course that proves itself");
        assert_eq!(wanted(&[0, 0, 2, 2, 4, 5, 5, 7, 7]), 2);
        let class: Vec<usize> = (0..60).flat_map(|student| [student * 7; 7]).collect();
        assert_eq!(wanted(&class), 12);
    }

    #[test]
    fn who_waits_goes_on_when_enough_is_built_or_nothing_more_will_be() {
        let class: Vec<usize> = (0..4).flat_map(|student| [student * 2; 2]).collect();
        let ahead = Headstart::new(&class);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| ahead.wait());
            ahead.built(0);
            ahead.built(0);
            assert!(!waiting.is_finished(), "one of two");
            ahead.built(6);
        });
        let ahead = Headstart::new(&class);
        std::thread::scope(|scope| {
            scope.spawn(|| ahead.wait());
            ahead.is_over();
        });
    }
}
