//! Work that several need, in portions, each done once. Whoever would have to wait for one that is under way does
//! a later one meanwhile.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug)]
pub struct Portions {
    states: Mutex<Vec<State>>,
    changed: Condvar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    UnderWay,
    Done,
}

/// Why somebody does a portion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is the one that they need.
    Needed,
    /// The one that they need is under way.
    Ahead,
}

impl Portions {
    /// So many portions, of which those have to be done for which `is_open` says so.
    pub fn new(count: usize, is_open: impl Fn(usize) -> bool) -> Self {
        let state = |portion| if is_open(portion) { State::Open } else { State::Done };
        Portions { states: Mutex::new((0..count).map(state).collect()), changed: Condvar::new() }
    }

    fn states(&self) -> MutexGuard<'_, Vec<State>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when the portion is done, by `work` or by somebody else's. Of later ones it does those for which
    /// there is room just now: `has_room` takes it, and must not wait for it.
    pub fn see_to(&self, needed: usize, has_room: impl Fn() -> bool, work: impl Fn(usize, Reason)) {
        let mut states = self.states();
        while states[needed] != State::Done {
            let next = if states[needed] == State::Open {
                Some((needed, Reason::Needed))
            } else {
                let later = (needed..states.len()).find(|&at| states[at] == State::Open);
                later.filter(|_| has_room()).map(|at| (at, Reason::Ahead))
            };
            if let Some((at, reason)) = next {
                states[at] = State::UnderWay;
                drop(states);
                // Also where the work panics: nobody is to wait for ever.
                let _done = Done { of: self, portion: at };
                work(at, reason);
            } else {
                drop(self.changed.wait(states).unwrap_or_else(PoisonError::into_inner));
            }
            states = self.states();
        }
    }
}

/// Tells that a portion is no longer under way, when it is dropped.
struct Done<'a> {
    of: &'a Portions,
    portion: usize,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.of.states()[self.portion] = State::Done;
        self.of.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::thread;

    use super::*;

    /// What two did who needed the same portion of four, of which the second need not be done.
    fn two_do(room: bool) -> Vec<(usize, Reason)> {
        let portions = Portions::new(4, |portion| portion != 1);
        let done = Mutex::new(Vec::new());
        let (begun, goes_on) = (Barrier::new(2), Barrier::new(2));
        thread::scope(|scope| {
            scope.spawn(|| {
                let work = |portion, reason| {
                    begun.wait();
                    goes_on.wait();
                    done.lock().unwrap().push((portion, reason));
                };
                portions.see_to(0, || false, work);
            });
            begun.wait();
            let may_go_on = |portion| {
                if portion == 3 {
                    goes_on.wait();
                }
            };
            if !room {
                goes_on.wait();
            }
            portions.see_to(
                0,
                || room,
                |portion, reason| {
                    done.lock().unwrap().push((portion, reason));
                    may_go_on(portion);
                },
            );
        });
        done.into_inner().unwrap()
    }

    #[test]
    fn who_would_wait_does_a_later_one_if_there_is_room() {
        let ahead = [(2, Reason::Ahead), (3, Reason::Ahead), (0, Reason::Needed)];
        assert_eq!(two_do(true), ahead);
        assert_eq!(two_do(false), [(0, Reason::Needed)]);
    }

    #[test]
    fn who_panics_keeps_nobody_waiting() {
        let portions = Portions::new(1, |_| true);
        let panicked = thread::scope(|scope| {
            scope.spawn(|| portions.see_to(0, || true, |_, _| panic!("as it must"))).join()
        });
        assert!(panicked.is_err());
        portions.see_to(0, || true, |_, _| unreachable!());
    }
}
