//! `expected` over `got`, then what was seen and what it commonly means: labelled blocks.

use unicode_width::UnicodeWidthStr;

use super::look::{Look, Paint};
use super::text::{pad, wrap};
use crate::verdict::explain::Explanation;

/// Columns before the text of a block: the margin, and a label.
const MARGIN: usize = 2;
const LABEL: usize = 10;

/// Columns that are left for the text itself.
pub(super) fn room(look: Look) -> usize {
    look.columns() - MARGIN - LABEL
}

pub(super) fn lines(explanation: &Explanation, look: Look) -> Vec<String> {
    let advice: Vec<String> = explanation.advice.iter().cloned().collect();
    [
        block("expected", Paint::Good, &explanation.expected, look),
        block("got", Paint::Bad, &explanation.got, look),
        block("seen", Paint::Note, &explanation.seen, look),
        block("help", Paint::Note, &advice, look),
    ]
    .concat()
}

/// One line with a label: `check     exercises/…`.
pub(super) fn labelled(label: &str, text: &str, look: Look) -> String {
    format!("{:MARGIN$}{}{text}", "", look.paint(Paint::Dim, &pad(label, LABEL)))
}

fn block(label: &str, paint: Paint, lines: &[String], look: Look) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        // A line that fits keeps its blanks: the one with the caret lives by them.
        let fits = line.width() <= room(look);
        for text in if fits { vec![line.clone()] } else { wrap(line, room(look)) } {
            let label = pad(if out.is_empty() { label } else { "" }, LABEL);
            out.push(format!("{:MARGIN$}{}{text}", "", look.paint(paint, &label)));
        }
    }
    out
}
