//! K-grams, and winnowing: which of them are a text's fingerprints.
//!
//! After S. Schleimer, D. Wilkerson and A. Aiken, "Winnowing: local algorithms for document fingerprinting",
//! SIGMOD 2003: of each window of w successive k-grams the one with the smallest hash is selected, the last one
//! of equals. Two texts with w + k − 1 tokens in common have a whole window in common, select the same k-gram in
//! it, and so share a fingerprint.

use std::collections::VecDeque;

/// The hash of a k-gram.
pub(super) type Hash = u64;

/// The hash of the k-gram that begins at each code; empty if there are fewer than `k` codes. Linear time.
pub(super) fn grams(codes: &[u32], k: usize) -> Vec<Hash> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    let highest = (1..k).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    let mut hashes = Vec::with_capacity((codes.len() + 1).saturating_sub(k));
    for (at, code) in codes.iter().enumerate() {
        if let Some(gone) = at.checked_sub(k) {
            hash = hash.wrapping_sub(mixed(codes[gone].into()).wrapping_mul(highest));
        }
        hash = hash.wrapping_mul(BASE).wrapping_add(mixed((*code).into()));
        if at + 1 >= k {
            hashes.push(mixed(hash));
        }
    }
    hashes
}

/// The finalizer of SplitMix64: a bijection that leaves no pattern.
fn mixed(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The places of the fingerprints of `hashes`, ascending. A run that is shorter than `window` has one too.
/// Linear time.
pub(super) fn winnow(hashes: &[Hash], window: usize) -> Vec<usize> {
    let mut selected = Vec::new();
    // Places in the window whose hash is smaller than all behind them.
    let mut rising: VecDeque<usize> = VecDeque::new();
    for (at, hash) in hashes.iter().enumerate() {
        while rising.back().is_some_and(|last| hashes[*last] >= *hash) {
            rising.pop_back();
        }
        rising.push_back(at);
        let begin = (at + 1).saturating_sub(window);
        while rising.front().is_some_and(|first| *first < begin) {
            rising.pop_front();
        }
        let whole = at + 1 >= window || at + 1 == hashes.len();
        if let Some(smallest) = rising.front().filter(|_| whole)
            && selected.last() != Some(smallest)
        {
            selected.push(*smallest);
        }
    }
    selected
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_paper_s_example() {
        let hashes = [77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98];
        let selected: Vec<Hash> = winnow(&hashes, 4).into_iter().map(|at| hashes[at]).collect();
        assert_eq!(selected, [17, 17, 8, 39, 17]);
    }

    #[test]
    fn short_texts() {
        assert!(grams(&[1, 2], 3).is_empty());
        assert_eq!(grams(&[1, 2, 3], 3).len(), 1);
        assert!(winnow(&[], 4).is_empty());
        assert_eq!(winnow(&[3, 1, 2], 4), [1]);
    }

    proptest! {
        #[test]
        fn equal_grams_have_equal_hashes_wherever_they_stand(
            gram in prop::collection::vec(any::<u32>(), 1..20),
            before in prop::collection::vec(any::<u32>(), 0..20),
        ) {
            let whole = [before.clone(), gram.clone()].concat();
            let last = grams(&whole, gram.len()).pop();
            prop_assert_eq!(last, grams(&gram, gram.len()).pop());
        }

        #[test]
        fn what_is_long_enough_shares_a_fingerprint(
            shared in prop::collection::vec(0_u32..6, 9..20),
            ends in prop::array::uniform4(prop::collection::vec(0_u32..6, 0..20)),
        ) {
            let (k, window) = (5, 5);
            let marks = |before: &[u32], after: &[u32]| {
                let hashes = grams(&[before, &shared, after].concat(), k);
                winnow(&hashes, window).into_iter().map(|at| hashes[at]).collect::<Vec<_>>()
            };
            let other = marks(&ends[2], &ends[3]);
            prop_assert!(marks(&ends[0], &ends[1]).iter().any(|mark| other.contains(mark)));
        }

        #[test]
        fn every_window_holds_a_fingerprint(hashes in prop::collection::vec(0_u64..9, 0..60), window in 1_usize..9) {
            let selected = winnow(&hashes, window);
            prop_assert!(selected.is_sorted_by(|a, b| a < b));
            for begin in 0..(hashes.len() + 1).saturating_sub(window) {
                let least = hashes[begin..begin + window].iter().min();
                prop_assert!(selected.iter().any(|at| (begin..begin + window).contains(at) && Some(&hashes[*at]) == least));
            }
        }
    }
}
