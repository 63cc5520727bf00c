//! Which pairs are worth a closer look: an index from fingerprints to the submissions that have them, so that
//! submissions that share nothing are never held against each other.

use super::fingerprint::Hash;

/// A fingerprint, a submission that has it, and how often.
type Entry = (Hash, u32, u32);

/// The pairs of places in `marks` (for each submission its fingerprints and where they stand, in order) that
/// share at least `least` of them; each with the smaller place first, in order. What both have more than once
/// counts as often as both have it.
pub(super) fn candidates(
    marks: &[&[(Hash, u32)]],
    least: impl Fn(usize, usize) -> usize,
) -> Vec<(usize, usize)> {
    let mut index: Vec<Entry> = Vec::new();
    for (work, marks) in marks.iter().enumerate() {
        let same = marks.chunk_by(|a, b| a.0 == b.0);
        index.extend(same.map(|same| (same[0].0, work as u32, same.len() as u32)));
    }
    index.sort_unstable();
    // For each submission and fingerprint the entries of those behind it.
    let mut behind: Vec<Vec<&[Entry]>> = vec![Vec::new(); marks.len()];
    for same in index.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        for (at, (_, work, _)) in same.iter().enumerate() {
            behind[*work as usize].push(&same[at..]);
        }
    }
    let mut pairs = Vec::new();
    let mut shared = vec![0_usize; marks.len()];
    for (left, entries) in behind.iter().enumerate() {
        shared.fill(0);
        for (first, others) in entries.iter().filter_map(|entries| entries.split_first()) {
            for (_, right, times) in others {
                shared[*right as usize] += first.2.min(*times) as usize;
            }
        }
        let enough = |right: &usize| shared[*right] >= least(left, *right).max(1);
        pairs.extend((left + 1..marks.len()).filter(enough).map(|right| (left, right)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_share_enough_fingerprints() {
        let marks =
            |hashes: &[Hash]| hashes.iter().zip(0..).map(|(hash, at)| (*hash, at)).collect::<Vec<_>>();
        let all =
            [marks(&[1, 2, 3, 4]), marks(&[1, 1, 2, 2]), marks(&[2, 3, 4, 5]), marks(&[]), marks(&[2, 2])];
        let all: Vec<&[(Hash, u32)]> = all.iter().map(Vec::as_slice).collect();
        assert_eq!(candidates(&all, |_, _| 3), [(0, 2)]);
        assert_eq!(candidates(&all, |_, _| 2), [(0, 1), (0, 2), (1, 4)]);
        assert_eq!(
            candidates(&all, |left, _| left + 1),
            candidates(&all, |left, _| if left == 0 { 0 } else { 2 })
        );
        assert!(candidates(&[], |_, _| 0).is_empty());
    }
}
