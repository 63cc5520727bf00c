//! What counts as similar. The defaults come from measuring the course's own programs: see `tests/course.rs`.

use serde::Serialize;

/// The thresholds of a comparison. All counts are of tokens as the module `normal` makes them, about five
/// a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Options {
    /// Tokens of a k-gram: nothing shorter is ever seen as shared. At least 1.
    pub gram: usize,
    /// K-grams of a window, one of which becomes a fingerprint. At least 1. Whatever two submissions share
    /// that is [`guarantee`](Options::guarantee) tokens long, and not known, is found.
    pub window: usize,
    /// A k-gram is the course's own idiom if it stands in more than this share of an exercise's submissions…
    pub common_share: f64,
    /// …and in more than this many: in a small class three friends are a large share.
    pub common_least: usize,
    /// A pair is reported if it shares at least this many tokens of its own…
    pub least_tokens: usize,
    /// …and if that is at least this share of one side's own tokens.
    pub least_share: f64,
    /// The most pairs that are reported, the most suspicious ones; the others are counted.
    pub most_pairs: usize,
    /// The most lexemes of a submission that are looked at, its files in the order of their paths.
    pub most_lexemes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            gram: 12,
            window: 5,
            common_share: 0.2,
            common_least: 6,
            least_tokens: 60,
            least_share: 0.35,
            most_pairs: 200,
            most_lexemes: 20_000,
        }
    }
}

impl Options {
    /// The threshold t = w + k − 1.
    pub fn guarantee(&self) -> usize {
        (self.window + self.gram).saturating_sub(1)
    }
}
