//! A submission as it is compared: its tokens, its k-grams, and what of them is its own.

use std::collections::HashMap;
use std::ops::Range;

use super::fingerprint::{Hash, grams, winnow};
use super::normal::{Token, tokens};
use super::options::Options;
use super::submission::Submission;

/// One submission, its files one behind the other in the order of their paths.
pub(super) struct Work<'s> {
    pub from: &'s Submission,
    /// Places in `from.files`, and the tokens of each.
    pub files: Vec<(usize, Range<usize>)>,
    pub tokens: Vec<Token>,
    /// For each token the k-gram that begins with it; `None` where the file ends before.
    grams: Vec<Option<Hash>>,
    /// For each token, how much the k-gram counts that begins with it: 1 if no more than two submissions have
    /// it, 1/log₂ n if n have.
    pub rarity: Vec<f32>,
    /// For each token whether it is neither given nor common.
    pub own: Vec<bool>,
    /// How many of its tokens are.
    pub own_tokens: usize,
    /// Its fingerprints and where they stand, in order.
    pub marks: Vec<(Hash, u32)>,
    /// Whether there is more than was looked at.
    pub cut: bool,
}

impl<'s> Work<'s> {
    /// Nothing is known yet: all tokens are its own, and it has no fingerprints.
    pub fn read(from: &'s Submission, options: &Options) -> Self {
        let mut order: Vec<usize> = (0..from.files.len()).collect();
        order.sort_by_key(|file| &from.files[*file]);
        let (mut files, mut all, mut hashes) = (Vec::new(), Vec::new(), Vec::new());
        let (mut left, mut cut) = (options.most_lexemes, false);
        for file in order {
            let (read, lexemes, more) = tokens(&from.files[file].1, left);
            left -= lexemes;
            cut |= more;
            let codes: Vec<u32> = read.iter().map(|token| token.code).collect();
            hashes.extend(grams(&codes, options.gram).into_iter().map(Some));
            files.push((file, all.len()..all.len() + read.len()));
            all.extend(read);
            hashes.resize(all.len(), None);
        }
        let (rarity, own, own_tokens) = (vec![1.0; all.len()], vec![true; all.len()], all.len());
        Work { from, files, tokens: all, grams: hashes, rarity, own, own_tokens, marks: Vec::new(), cut }
    }

    /// Each of its k-grams once.
    fn distinct(&self) -> Vec<Hash> {
        let mut hashes: Vec<Hash> = self.grams.iter().flatten().copied().collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }

    /// Takes what is known from its own, weighs the rest by `holders`, and finds the fingerprints: those of the
    /// runs of k-grams that are not known.
    pub fn subtract(
        &mut self,
        known: impl Fn(Hash) -> bool,
        holders: &HashMap<Hash, u32>,
        options: &Options,
    ) {
        let mut covered = 0;
        // The k-grams since the last that is known, and where they begin.
        let mut run: Vec<Hash> = Vec::new();
        for at in 0..self.tokens.len() {
            let gram = self.grams[at];
            match gram.filter(|hash| !known(*hash)) {
                Some(hash) => {
                    let holders = holders.get(&hash).copied().unwrap_or(2).max(2);
                    self.rarity[at] = 1.0 / (holders as f32).log2();
                    run.push(hash);
                }
                None => self.mark(&mut run, at, options.window),
            }
            if gram.is_some_and(&known) {
                covered = at + options.gram;
            }
            self.own[at] = at >= covered;
        }
        self.mark(&mut run, self.tokens.len(), options.window);
        self.marks.sort_unstable();
        self.own_tokens = self.own.iter().filter(|own| **own).count();
    }

    /// Takes the fingerprints of `run`, which ends before `end`.
    fn mark(&mut self, run: &mut Vec<Hash>, end: usize, window: usize) {
        let begin = end - run.len();
        self.marks.extend(winnow(run, window).into_iter().map(|at| (run[at], (begin + at) as u32)));
        run.clear();
    }

    pub fn codes(&self) -> impl Iterator<Item = u32> {
        self.tokens.iter().map(|token| token.code)
    }

    /// The file that holds a token: its place in `from.files`, and all its tokens.
    pub fn file_of(&self, token: usize) -> Option<&(usize, Range<usize>)> {
        let at = self.files.partition_point(|(_, tokens)| tokens.end <= token);
        self.files.get(at)
    }
}

/// How many of an exercise's submissions have each k-gram.
pub(super) fn holders(works: &[Work]) -> HashMap<Hash, u32> {
    let mut holders = HashMap::new();
    for hash in works.iter().flat_map(Work::distinct) {
        *holders.entry(hash).or_default() += 1;
    }
    holders
}
