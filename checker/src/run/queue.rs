//! A queue between threads that ends when all that is to come has come.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug)]
pub struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    waiting: VecDeque<T>,
    /// Producers that may still push.
    producers: usize,
}

impl<T> Queue<T> {
    pub fn new(producers: usize) -> Self {
        Queue { state: Mutex::new(State { waiting: VecDeque::new(), producers }), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn push(&self, item: T) {
        self.lock().waiting.push_back(item);
        self.changed.notify_one();
    }

    pub fn is_empty(&self) -> bool {
        self.lock().waiting.is_empty()
    }

    /// One producer will push nothing more.
    pub fn finish(&self) {
        self.lock().producers -= 1;
        self.changed.notify_all();
    }

    /// The next item; None when no more will come.
    pub fn pop(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(item) = state.waiting.pop_front() {
                return Some(item);
            }
            if state.producers == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
