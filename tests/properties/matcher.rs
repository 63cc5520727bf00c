//! The matcher against models that try everything.

use checker::scenario::matcher::{Match, anchored, bytes, lines, lines_missing, pattern};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::kept;
use crate::tried::holds;

/// Few different bytes, so that beginnings are often the same.
fn few(most: usize) -> impl Strategy<Value = Vec<u8>> + Clone {
    prop::collection::vec(select(&b"aab\n\r\xff"[..]), 0..most)
}

/// Something that begins like `want`, and goes on at random.
fn like(want: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    (any::<Index>(), few(8)).prop_map(move |(cut, rest)| [&want[..cut.index(want.len() + 1)], &rest].concat())
}

/// Lines with their ends, as steps want them.
fn wanted_lines() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let line = prop::collection::vec(select(&b"aab\r\xff"[..]), 0..3);
    prop::collection::vec(line.prop_map(|line| [line, b"\n".to_vec()].concat()), 0..5)
}

fn orders(lines: &[Vec<u8>]) -> Vec<Vec<Vec<u8>>> {
    if lines.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for first in 0..lines.len() {
        let mut rest = lines.to_vec();
        let line = rest.remove(first);
        all.extend(orders(&rest).into_iter().map(|tail| [vec![line.clone()], tail].concat()));
    }
    all
}

/// What holds for every kind of wish: more bytes never change what is decided, and offsets lie inside.
fn settled(wish: impl Fn(&[u8]) -> Match, got: &[u8], more: &[u8]) {
    let now = wish(got);
    let later = wish(&[got, more].concat());
    match now {
        Match::Met(n) => {
            assert!(n <= got.len());
            assert_eq!(later, Match::Met(n));
            for end in 0..n {
                assert_eq!(wish(&got[..end]), Match::More, "the first {end} of {n} bytes");
            }
        }
        Match::Differs(at) => {
            assert!(at <= got.len());
            assert_eq!(later, Match::Differs(at));
        }
        Match::More => {}
    }
}

#[test]
fn bytes_are_a_beginning() {
    let input = (few(8).prop_flat_map(|want| (Just(want.clone()), like(want))), few(6));
    holds("bytes_are_a_beginning", kept!("matcher-bytes"), 6000, input, |((want, got), more)| {
        let expected = if got.starts_with(&want) {
            Match::Met(want.len())
        } else if want.starts_with(&got) {
            Match::More
        } else {
            Match::Differs((0..).find(|&at| want[at] != got[at]).unwrap())
        };
        assert_eq!(bytes(&want, &got), expected);
        settled(|got| bytes(&want, got), &got, &more);
    });
}

#[test]
fn lines_are_some_order_of_themselves() {
    let shuffled = wanted_lines().prop_flat_map(|wants| (Just(wants.clone()), Just(wants).prop_shuffle()));
    let input = shuffled.prop_flat_map(|(wants, order)| (Just(wants), like(order.concat())));
    holds(
        "lines_are_some_order_of_themselves",
        kept!("matcher-lines"),
        4000,
        (input, few(6)),
        |((wants, got), more)| {
            let orders = orders(&wants);
            let whole = |order: &Vec<Vec<u8>>| {
                let ends = order.iter().scan(0, |end, line| {
                    *end += line.len();
                    Some(*end)
                });
                ends.take_while(|&end| got.starts_with(&order.concat()[..end])).last().unwrap_or(0)
            };
            let longest = orders.iter().map(whole).max().unwrap();
            let expected = if orders.iter().any(|order| got.starts_with(&order.concat())) {
                Match::Met(longest)
            } else if orders.iter().any(|order| order.concat().starts_with(&got)) {
                Match::More
            } else {
                Match::Differs(longest)
            };
            assert_eq!(lines(&wants, &got), expected);
            assert_eq!(lines_missing(&wants, &got).1, longest);
            settled(|got| lines(&wants, got), &got, &more);
        },
    );
}

#[test]
fn lines_never_panic_whatever_is_wanted() {
    let input = (prop::collection::vec(few(5), 0..5), few(20));
    holds("lines_never_panic_whatever_is_wanted", kept!("matcher-odd"), 4000, input, |(wants, got)| {
        let (missing, at) = lines_missing(&wants, &got);
        assert!(at <= got.len() && missing.len() <= wants.len());
        lines(&wants, &got);
    });
}

/// Expressions, and the same in code.
type Sample = (&'static str, fn(&[u8]) -> bool);
const PATTERNS: [Sample; 6] = [
    ("a+", |line| !line.is_empty() && line.iter().all(|&byte| byte == b'a')),
    ("a|ab", |line| line == b"a" || line == b"ab"),
    ("", |line| line.is_empty()),
    ("(?P<x>a*)b?", |line| {
        let line = line.strip_suffix(b"b").unwrap_or(line);
        line.iter().all(|&byte| byte == b'a')
    }),
    (".*", |line| std::str::from_utf8(line).is_ok()),
    (".*\r", |line| line.ends_with(b"\r") && std::str::from_utf8(line).is_ok()),
];

#[test]
fn a_pattern_is_for_one_line() {
    let input = (select(&PATTERNS[..]), few(10), few(6));
    holds(
        "a_pattern_is_for_one_line",
        kept!("matcher-pattern"),
        4000,
        input,
        |((text, model), got, more)| {
            let regex = anchored(text).unwrap();
            let expected = match got.iter().position(|&byte| byte == b'\n') {
                None => Match::More,
                Some(end) if model(&got[..end]) => Match::Met(end + 1),
                Some(_) => Match::Differs(0),
            };
            assert_eq!(pattern(&regex, &got), expected, "{text:?}");
            settled(|got| pattern(&regex, got), &got, &more);
        },
    );
}
