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
        self.pop_by(|_| ())
    }

    /// The next item of those that `rank` puts first.
    pub fn pop_by<R: Ord>(&self, rank: impl Fn(&T) -> R) -> Option<T> {
        let mut state = self.lock();
        loop {
            let first = (0..state.waiting.len()).min_by_key(|&at| rank(&state.waiting[at]));
            if let Some(item) = first.and_then(|at| state.waiting.remove(at)) {
                return Some(item);
            }
            if state.producers == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_best_is_next() {
        let queue = Queue::new(0);
        [3, 10, 4, 12].into_iter().for_each(|item| queue.push(item));
        let even_first = || queue.pop_by(|item| item % 2);
        assert_eq!(queue.pop(), Some(3));
        queue.push(5);
        assert_eq!(
            [even_first(), even_first(), even_first(), even_first()],
            [Some(10), Some(4), Some(12), Some(5)]
        );
        assert_eq!((even_first(), queue.pop()), (None, None));
    }
}
