//! What a comparison finds.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use super::options::Options;

/// All that a comparison found, the most suspicious pair first. The same for the same submissions in any order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub options: Options,
    /// By name.
    pub exercises: Vec<Compared>,
    pub pairs: Vec<Pair>,
    /// Pairs above the thresholds that are not in `pairs`, since there are too many.
    pub left_out: usize,
    /// Where more than two hang together, over all pairs above the thresholds.
    pub groups: Vec<Group>,
    /// Submissions that are not compared whole, by exercise and key.
    pub notes: Vec<Note>,
}

/// One exercise of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    pub exercise: String,
    pub submissions: usize,
    /// Those in which next to nothing is left once the given texts are subtracted: there is nothing to compare,
    /// and they may be copies of a given text.
    pub nothing_own: Vec<String>,
}

/// More than two submissions of one exercise, each similar to at least one other of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    pub exercise: String,
    /// Ascending.
    pub keys: Vec<String>,
}

/// Something about one submission that limits what can be said of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    pub exercise: String,
    pub key: String,
    pub text: String,
}

impl Report {
    /// How many submissions were compared.
    pub fn submissions(&self) -> usize {
        self.exercises.iter().map(|compared| compared.submissions).sum()
    }

    /// For each pair, in how many exercises the same two are in one.
    pub fn meetings(&self) -> Vec<usize> {
        fn keys(pair: &Pair) -> (&str, &str) {
            (&pair.left.key, &pair.right.key)
        }
        let mut exercises: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for pair in &self.pairs {
            exercises.entry(keys(pair)).or_default().insert(&pair.exercise);
        }
        self.pairs.iter().map(|pair| exercises.get(&keys(pair)).map_or(0, BTreeSet::len)).collect()
    }
}

/// Two submissions of one exercise that share more than the given texts and the class's idioms explain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    pub exercise: String,
    /// `left.key < right.key`.
    pub left: Member,
    pub right: Member,
    /// Own tokens that both have, in the same order within each place. Each counts once.
    pub tokens: usize,
    /// The number of shared tokens, each weighed by its rarity (1 for what only two submissions have, 1/log₂ n
    /// for what n have), times the greater of the two shares.
    pub suspicion: f64,
    /// As they come in `left`.
    pub places: Vec<Place>,
}

impl Pair {
    /// The greater of the two shares, 0 to 1.
    pub fn share(&self) -> f64 {
        self.left.share.max(self.right.share)
    }
}

/// One of a pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Member {
    pub key: String,
    /// Tokens that are neither given nor the class's idiom.
    pub own: usize,
    /// How much of its own is shared with the other, 0 to 1.
    pub share: f64,
}

/// A region that both have, as long as it can be; small differences may be in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Shared tokens in it, as in [`Pair::tokens`].
    pub tokens: usize,
    pub left: Region,
    pub right: Region,
}

/// One side of a [`Place`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Region {
    pub file: String,
    /// Counted from 1.
    pub first_line: usize,
    pub last_line: usize,
    /// Of the file's text.
    pub bytes: Range<usize>,
    /// What of `bytes` is shared and counted.
    pub shared: Vec<Range<usize>>,
    /// The region's lines, whole: what the page shows. At most [`MOST_LINES`] of them.
    #[serde(skip)]
    pub lines: Vec<Line>,
}

/// The most lines of a region that are kept to be shown.
pub const MOST_LINES: usize = 150;

/// A line of a region, in pieces, and whether each is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub number: usize,
    pub pieces: Vec<(bool, String)>,
}
