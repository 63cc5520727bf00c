//! Every fact, and every other detail of a failure, in words: the words that matter, from tables.

mod datagrams;
mod differences;
mod endings;
mod kernel;
mod meetings;
mod streams;
mod things;

use std::net::SocketAddr;

use super::{Explanation, explain};
use crate::record::bytes::Excerpt;
use crate::record::fact::Fact;
use crate::record::finding::Finding;
use crate::verdict::outcome::{Detail, Failure};

fn at(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

fn bytes(text: &str) -> Excerpt {
    Excerpt::head(text.as_bytes())
}

fn told(detail: Detail) -> Explanation {
    explain(
        &Failure { finding: Finding::WrongBytes, step: None, waited_ms: 5000, at_rest: false, detail },
        None,
    )
}

fn all(table: Vec<(Fact, &[&str])>) {
    for (fact, words) in table {
        says(fact, words);
    }
}

/// `words` stand, in this order, in expected, got and advice.
fn says(fact: Fact, words: &[&str]) {
    holds(told(Detail::Fact(fact)), words);
}

fn holds(told: Explanation, words: &[&str]) {
    let all = [told.expected.join(" "), told.got.join(" "), told.advice.unwrap_or_default()].join(" | ");
    let mut rest = all.as_str();
    for word in words {
        let place = rest.find(word).unwrap_or_else(|| panic!("{word:?} is not in its place in {all:?}"));
        rest = &rest[place + word.len()..];
    }
    assert!(!told.expected.is_empty() && !told.got.is_empty(), "{all}");
}
