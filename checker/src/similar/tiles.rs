//! From shared fingerprints to the stretches of tokens that two submissions have in common.

use super::fingerprint::Hash;
use super::work::Work;

/// The same tokens in both, none of which is in another tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tile {
    pub left: usize,
    pub right: usize,
    pub len: usize,
}

impl Tile {
    /// Left becomes right.
    pub fn swap(&mut self) {
        (self.left, self.right) = (self.right, self.left);
    }
}

/// How many of the places of one fingerprint in one submission are tried: a program that repeats itself would
/// otherwise take quadratic time.
const MOST_PLACES: usize = 8;

/// The longest stretches first, then the others where they leave room, none shorter than `least`; in the order
/// of the left side.
pub(super) fn tiles(left: &Work, right: &Work, least: usize) -> Vec<Tile> {
    let mut stretches = stretches(left, right);
    stretches.sort_unstable_by_key(|tile| (usize::MAX - tile.len, tile.left, tile.right));
    let mut used = (vec![false; left.tokens.len()], vec![false; right.tokens.len()]);
    let mut tiles = Vec::new();
    for stretch in stretches {
        for tile in free(stretch, &used).into_iter().filter(|tile| tile.len >= least) {
            used.0[tile.left..tile.left + tile.len].fill(true);
            used.1[tile.right..tile.right + tile.len].fill(true);
            tiles.push(tile);
        }
    }
    tiles.sort_unstable_by_key(|tile| tile.left);
    tiles
}

/// The parts of `stretch` that no tile has taken.
fn free(stretch: Tile, used: &(Vec<bool>, Vec<bool>)) -> Vec<Tile> {
    let mut parts: Vec<Tile> = Vec::new();
    let mut open = false;
    for at in 0..stretch.len {
        let (left, right) = (stretch.left + at, stretch.right + at);
        let is_free = !used.0[left] && !used.1[right];
        match parts.last_mut().filter(|_| open && is_free) {
            Some(part) => part.len += 1,
            None if is_free => parts.push(Tile { left, right, len: 1 }),
            None => {}
        }
        open = is_free;
    }
    parts
}

/// Each place of a shared fingerprint, extended in both directions as far as the tokens are the same.
fn stretches(left: &Work, right: &Work) -> Vec<Tile> {
    let mut found: Vec<Tile> = Vec::new();
    let mut seeds = seeds(&left.marks, &right.marks);
    // Those at the same distance are on one line, and most of them in a stretch that an earlier one found.
    seeds.sort_unstable_by_key(|(one, other)| (one.wrapping_sub(*other), *one));
    for (one, other) in seeds {
        let (one, other) = (one as usize, other as usize);
        let is_found = found
            .last()
            .is_some_and(|last| one + last.right == other + last.left && one < last.left + last.len);
        if !is_found {
            found.push(extended(left, right, one, other));
        }
    }
    found
}

/// The places left and right of each fingerprint that both have. Marks are in order.
fn seeds(lefts: &[(Hash, u32)], rights: &[(Hash, u32)]) -> Vec<(u32, u32)> {
    let mut seeds = Vec::new();
    let mut rights = rights.chunk_by(|a, b| a.0 == b.0).peekable();
    for lefts in lefts.chunk_by(|a, b| a.0 == b.0) {
        while rights.next_if(|rights| rights[0].0 < lefts[0].0).is_some() {}
        let Some(rights) = rights.next_if(|rights| rights[0].0 == lefts[0].0) else { continue };
        for (_, one) in lefts.iter().take(MOST_PLACES) {
            seeds.extend(rights.iter().take(MOST_PLACES).map(|(_, other)| (*one, *other)));
        }
    }
    seeds
}

fn extended(left: &Work, right: &Work, one: usize, other: usize) -> Tile {
    let (Some((_, lefts)), Some((_, rights))) = (left.file_of(one), right.file_of(other)) else {
        return Tile { left: one, right: other, len: 0 };
    };
    let same = |(a, b): &(usize, usize)| left.tokens[*a].code == right.tokens[*b].code;
    let on = (one..lefts.end).zip(other..rights.end).take_while(same).count();
    let back = (lefts.start..one).rev().zip((rights.start..other).rev()).take_while(same).count();
    Tile { left: one - back, right: other - back, len: back + on }
}
