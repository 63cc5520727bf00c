//! What is to be done when hardly anything else is under way.

use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Debug)]
pub struct Later<T> {
    /// So much load is hardly any.
    little: usize,
    state: Mutex<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    /// Of the work that is under way.
    load: usize,
    waiting: Vec<T>,
}

impl<T> Later<T> {
    pub fn new(little: usize) -> Self {
        Later { little, state: Mutex::new(State { load: 0, waiting: Vec::new() }) }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn put(&self, item: T) {
        self.lock().waiting.push(item);
    }

    /// Does a piece of work, which is so much load. Gives back all that waits if hardly any is left, and `is_rest` finds
    /// that no more is about to come.
    pub fn after(&self, load: usize, work: impl FnOnce(), is_rest: impl FnOnce() -> bool) -> Vec<T> {
        self.lock().load += load;
        work();
        let mut state = self.lock();
        state.load -= load;
        if state.load <= self.little && is_rest() { std::mem::take(&mut state.waiting) } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_given_to_who_leaves_little_to_do() {
        let later = Later::new(1);
        let put = |item| {
            later.put(item);
            assert!(later.after(1, || (), || true).is_empty(), "too much is under way");
        };
        assert_eq!(later.after(2, || put(1), || true), [1]);
        assert_eq!(later.after(1, || later.put(2), || true), [2]);
        assert!(later.after(1, || (), || true).is_empty(), "each once");
        let beside = || assert_eq!(later.after(1, || later.put(3), || true), [3]);
        assert!(later.after(1, beside, || true).is_empty(), "one beside it is little");
    }

    #[test]
    fn not_while_more_is_about_to_come() {
        let later = Later::new(1);
        assert!(later.after(1, || later.put(1), || false).is_empty());
        assert_eq!(later.after(1, || (), || true), [1]);
    }
}
