//! Every failure has words, and the words are harmless and few.

use checker::record::observation::Observation;
use checker::verdict::explain::{Explanation, explain, explain_within};
use checker::verdict::judge::judge;
use checker::verdict::outcome::Verdict;
use unicode_width::UnicodeWidthStr;

use crate::hostile::assert_harmless;
use crate::kept;
use crate::observations::observation;
use crate::tried::holds;

/// Lines, and columns of a line, that no explanation needs more of.
const LINES: usize = 24;
const COLUMNS: usize = 3000;

fn lines(told: &Explanation) -> impl Iterator<Item = &str> {
    let sentences = told.why.iter().chain(&told.advice);
    sentences.chain(&told.expected).chain(&told.got).chain(&told.seen).map(String::as_str)
}

fn holds_for(seen: &Observation, columns: usize) {
    let Verdict::Failed(failure) = judge(seen) else { return };
    for told in [
        explain(&failure, Some(seen)),
        explain_within(&failure, Some(seen), columns),
        explain(&failure, None),
    ] {
        assert!(!told.expected.is_empty() && !told.got.is_empty(), "{told:?}");
        assert_harmless(lines(&told));
        assert!(lines(&told).count() <= LINES, "{} lines", lines(&told).count());
        let own = told.why.as_ref().map_or(0, |why| why.width());
        let widest = lines(&told).map(UnicodeWidthStr::width).max().unwrap_or(0);
        assert!(widest <= COLUMNS.max(own), "{widest} columns");
    }
    assert_eq!(explain(&failure, Some(seen)), explain(&failure, Some(&seen.clone())));
}

#[test]
fn every_failure_has_harmless_words() {
    let input = (observation(), 0..200usize);
    holds("every_failure_has_harmless_words", kept!("explain"), 3000, input, |(seen, columns)| {
        holds_for(&seen, columns);
    });
}
