//! The same work for many, on several threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Told how many are done, and of how many; by any thread, and not in order.
pub type Tell<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What `work` makes of each of `items`, in their order.
pub fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    tell: Tell,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    tell(0, items.len());
    thread::scope(|scope| {
        for _ in 0..threads.clamp(1, items.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(number) else { return };
                    let result = work(item);
                    *results[number].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
                    tell(done.fetch_add(1, Ordering::Relaxed) + 1, items.len());
                }
            });
        }
    });
    let results = results.into_iter();
    results.filter_map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_their_order_and_each_is_told_once() {
        let items: Vec<usize> = (0..100).collect();
        for threads in [0, 1, 3, 200] {
            let told = Mutex::new(Vec::new());
            let tell = |done, of| told.lock().unwrap().push((done, of));
            let doubled = side_by_side(&items, threads, &tell, |item| item * 2);
            assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
            let mut told = told.into_inner().unwrap();
            told.sort_unstable();
            assert_eq!(told, (0..=100).map(|done| (done, 100)).collect::<Vec<_>>());
        }
        assert!(side_by_side(&[], 2, &|_, _| (), |item: &usize| *item).is_empty());
    }
}
