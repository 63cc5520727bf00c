//! Tiles to the places that a reader is shown: neighbours become one.

use std::ops::Range;

use super::lines::lines;
use super::report::{Place, Region};
use super::tiles::Tile;
use super::work::Work;

/// Tiles that are at most this many tokens apart on both sides are one place: a line or two that were changed.
const MOST_APART: usize = 12;

/// Tiles as places, in the order of the left side. Tiles are disjoint, and in that order.
pub(super) fn places(left: &Work, right: &Work, tiles: &[Tile]) -> Vec<Place> {
    let mut groups: Vec<Vec<Tile>> = Vec::new();
    for tile in tiles {
        match groups
            .last_mut()
            .filter(|group| group.last().is_some_and(|last| is_next(left, right, last, tile)))
        {
            Some(group) => group.push(*tile),
            None => groups.push(vec![*tile]),
        }
    }
    groups.iter().filter_map(|group| place(left, right, group)).collect()
}

fn is_next(left: &Work, right: &Work, one: &Tile, other: &Tile) -> bool {
    let near = |end: usize, begin: usize| begin >= end && begin - end <= MOST_APART;
    let same_file = |work: &Work, one: usize, other: usize| work.file_of(one) == work.file_of(other);
    near(one.left + one.len, other.left)
        && near(one.right + one.len, other.right)
        && same_file(left, one.left, other.left)
        && same_file(right, one.right, other.right)
}

fn place(left: &Work, right: &Work, group: &[Tile]) -> Option<Place> {
    let (first, last) = (group.first()?, group.last()?);
    let lefts = counted(left, right, group).map(|(left, _)| left);
    let rights = counted(left, right, group).map(|(_, right)| right);
    Some(Place {
        tokens: counted(left, right, group).count(),
        left: region(left, first.left..last.left + last.len, lefts)?,
        right: region(right, first.right..last.right + last.len, rights)?,
    })
}

/// The tokens of these tiles that are own on both sides, left and right.
pub(super) fn counted(left: &Work, right: &Work, tiles: &[Tile]) -> impl Iterator<Item = (usize, usize)> {
    let pairs = tiles.iter().flat_map(|tile| (tile.left..tile.left + tile.len).zip(tile.right..));
    pairs.filter(|(one, other)| left.own[*one] && right.own[*other])
}

/// `tokens`, of one file, as a region of it; `counted` are those that are marked, ascending.
fn region(work: &Work, tokens: Range<usize>, counted: impl Iterator<Item = usize>) -> Option<Region> {
    let (file, _) = work.file_of(tokens.start)?;
    let (path, text) = work.from.files.get(*file)?;
    let bytes = work.tokens.get(tokens.start)?.start as usize..work.tokens.get(tokens.end - 1)?.end as usize;
    let mut shared: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for at in counted {
        let (start, end) = (work.tokens[at].start as usize, work.tokens[at].end as usize);
        let goes_on = |last: &&mut Range<usize>| {
            before.is_some_and(|before| before + 1 == at) && !has_comment(&text[last.end..start])
        };
        match shared.last_mut().filter(goes_on) {
            Some(last) => last.end = end,
            None => shared.push(start..end),
        }
        before = Some(at);
    }
    let (first_line, last_line, lines) = lines(text, &bytes, &shared);
    Some(Region { file: path.clone(), first_line, last_line, bytes, shared, lines })
}

/// Whether `between`, which stands between two tokens, has a comment in it: comments are not compared, and not
/// marked.
fn has_comment(between: &str) -> bool {
    between.contains("//") || between.contains("/*")
}
