//! The submissions of one exercise.

use std::collections::HashSet;

use super::candidates::candidates;
use super::fingerprint::{Hash, grams};
use super::groups::groups;
use super::normal::tokens;
use super::options::Options;
use super::places::{counted, places};
use super::report::{Compared, Group, Member, Note, Pair};
use super::submission::Submission;
use super::tiles::{Tile, tiles};
use super::work::{Work, holders};

/// All submissions of one exercise, with what is known of them taken away.
pub(super) struct Class<'s> {
    options: &'s Options,
    works: Vec<Work<'s>>,
}

/// What two have in common, by their places in the class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Score {
    left: usize,
    right: usize,
    tokens: usize,
    suspicion: f64,
}

impl<'s> Class<'s> {
    /// `submissions` are in the order in which they are to be told of.
    pub fn read(submissions: &[&'s Submission], given: &[String], options: &'s Options) -> Self {
        let mut works: Vec<Work> = submissions.iter().map(|from| Work::read(from, options)).collect();
        let holders = holders(&works);
        let given = given_grams(given, options);
        let most = (options.common_share * works.len() as f64).max(options.common_least as f64);
        let is_common = |hash| holders.get(&hash).is_some_and(|holders| f64::from(*holders) > most);
        let known = |hash| given.contains(&hash) || is_common(hash);
        for work in &mut works {
            work.subtract(known, &holders, options);
        }
        Class { options, works }
    }

    pub fn notes(&self) -> impl Iterator<Item = Note> {
        let cut = self.works.iter().filter(|work| work.cut);
        cut.map(|work| Note {
            exercise: work.from.exercise.clone(),
            key: work.from.key.clone(),
            text: format!("too long: only the first {} tokens are compared", self.options.most_lexemes),
        })
    }

    pub fn summary(&self, exercise: &str) -> Compared {
        let little = self.works.iter().filter(|work| work.own_tokens < self.options.gram);
        Compared {
            exercise: exercise.to_owned(),
            submissions: self.works.len(),
            nothing_own: little.map(|work| work.from.key.clone()).collect(),
        }
    }

    /// The pairs above the thresholds, the most suspicious first.
    pub fn scores(&self) -> Vec<Score> {
        let marks: Vec<&[(Hash, u32)]> = self.works.iter().map(|work| &*work.marks).collect();
        let pairs = candidates(&marks, |left, right| self.least_marks(left, right)).into_iter();
        let others = pairs.filter(|(left, right)| self.works[*left].from.key != self.works[*right].from.key);
        let mut scores: Vec<Score> = others.filter_map(|(left, right)| self.score(left, right)).collect();
        // Stable, and the works are in order.
        scores.sort_by(|a, b| b.suspicion.total_cmp(&a.suspicion));
        scores
    }

    /// The fewest tokens that two must share to be reported.
    fn least_tokens(&self, left: usize, right: usize) -> usize {
        let own = self.works[left].own_tokens.min(self.works[right].own_tokens);
        let share = (self.options.least_share * own as f64).ceil() as usize;
        share.max(self.options.least_tokens).max(1)
    }

    /// The fewest fingerprints that so many shared tokens have: a stretch with one of them, and none in the
    /// windows before and behind, has at most 2 w + k − 2 tokens.
    fn least_marks(&self, left: usize, right: usize) -> usize {
        let longest = (2 * self.options.window + self.options.gram).saturating_sub(2);
        self.least_tokens(left, right).div_ceil(longest.max(1))
    }

    fn score(&self, left: usize, right: usize) -> Option<Score> {
        let (one, other) = (&self.works[left], &self.works[right]);
        let tiles = self.tiles(one, other);
        let tokens = counted(one, other, &tiles).count();
        if tokens < self.least_tokens(left, right) {
            return None;
        }
        let weight: f64 = tiles.iter().map(|tile| self.weight(one, other, tile)).sum();
        let share = share(tokens, one).max(share(tokens, other));
        Some(Score { left, right, tokens, suspicion: weight * share })
    }

    fn tiles(&self, one: &Work, other: &Work) -> Vec<Tile> {
        // Which of two equally long stretches is taken is decided by the texts, not by who is called what.
        let mut tiles = if one.codes().le(other.codes()) {
            tiles(one, other, self.options.gram)
        } else {
            let mut tiles = tiles(other, one, self.options.gram);
            tiles.iter_mut().for_each(Tile::swap);
            tiles.sort_unstable_by_key(|tile| tile.left);
            tiles
        };
        // The edge of what is known is no find.
        tiles.retain(|tile| 2 * counted(one, other, &[*tile]).count() >= self.options.gram);
        tiles
    }

    /// The counted tokens of a tile, each weighed by the k-gram that begins with it, or the tile's last one.
    fn weight(&self, left: &Work, right: &Work, tile: &Tile) -> f64 {
        let last = tile.left + tile.len.saturating_sub(self.options.gram);
        counted(left, right, &[*tile]).map(|(token, _)| f64::from(left.rarity[token.min(last)])).sum()
    }

    /// What is told of a score of this class.
    pub fn pair(&self, exercise: &str, score: &Score) -> Pair {
        let (left, right) = (&self.works[score.left], &self.works[score.right]);
        let member = |work: &Work| Member {
            key: work.from.key.clone(),
            own: work.own_tokens,
            share: share(score.tokens, work),
        };
        Pair {
            exercise: exercise.to_owned(),
            left: member(left),
            right: member(right),
            tokens: score.tokens,
            suspicion: score.suspicion,
            places: places(left, right, &self.tiles(left, right)),
        }
    }

    /// Where more than two of the class hang together.
    pub fn groups(&self, exercise: &str, scores: &[Score]) -> impl Iterator<Item = Group> {
        let groups = groups(self.works.len(), scores.iter().map(|score| (score.left, score.right)));
        groups.into_iter().map(|group| Group {
            exercise: exercise.to_owned(),
            keys: group.into_iter().map(|work| self.works[work].from.key.clone()).collect(),
        })
    }
}

/// How much `tokens` are of its own.
fn share(tokens: usize, work: &Work) -> f64 {
    tokens as f64 / work.own_tokens.max(1) as f64
}

/// All k-grams of the given texts.
fn given_grams(given: &[String], options: &Options) -> HashSet<Hash> {
    let mut found = HashSet::new();
    for text in given {
        let codes: Vec<u32> = tokens(text, usize::MAX).0.iter().map(|token| token.code).collect();
        found.extend(grams(&codes, options.gram));
    }
    found
}
