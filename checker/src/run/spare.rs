//! What has driven a scenario, for others of the same owner: what one submission's program left is nobody else's
//! matter, and a sandbox that is as new costs less than a new one.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Places that may be used again, each with the owner of the programs, the oldest first.
#[derive(Debug)]
pub struct Spares<P> {
    most: usize,
    kept: Mutex<VecDeque<(usize, P)>>,
}

impl<P> Spares<P> {
    /// No more than `most` are kept: those that have waited longest are let go.
    pub fn new(most: usize) -> Self {
        Spares { most, kept: Mutex::default() }
    }

    pub fn keep(&self, owner: usize, place: P) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((owner, place));
        let too_many = kept.len().saturating_sub(self.most);
        drop(kept.drain(..too_many));
    }

    /// One of this owner, the last one that `is_fit` finds to be so; the others are let go.
    pub fn take(&self, owner: usize, is_fit: impl Fn(&mut P) -> bool) -> Option<P> {
        while let Some(mut place) = self.take_any(owner) {
            if is_fit(&mut place) {
                return Some(place);
            }
        }
        None
    }

    pub fn has(&self, owner: usize) -> bool {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|(of, _)| *of == owner)
    }

    fn take_any(&self, owner: usize) -> Option<P> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().rposition(|(of, _)| *of == owner)?;
        kept.remove(at).map(|(_, place)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_anothers_is_never_taken() {
        let spares = Spares::new(3);
        for (owner, place) in [(1, "a"), (2, "b"), (1, "c")] {
            spares.keep(owner, place);
        }
        assert_eq!(spares.take(3, |_| true), None);
        assert_eq!(spares.take(1, |_| true), Some("c"));
        assert_eq!(spares.take(1, |place| *place != "a"), None, "it is not fit");
        assert_eq!(spares.take(1, |_| true), None, "and is gone");
        assert_eq!(spares.take(2, |_| true), Some("b"));
    }

    #[test]
    fn the_oldest_are_let_go() {
        let spares = Spares::new(2);
        (0..4).for_each(|place| spares.keep(7, place));
        let left: Vec<i32> = std::iter::from_fn(|| spares.take(7, |_| true)).collect();
        assert_eq!(left, [3, 2]);
    }
}
