//! The long texts of a class: equal ones once, and together no more than a browser reads in a second.

use std::collections::HashMap;

use crate::gradebook::record::Record;

/// Bytes that the page should stay below.
const PAGE: usize = 14 << 20;
/// Bytes of a row around its text, about.
const ROW: usize = 330;
/// Bytes of the note that something was left out, about.
const NOTE: usize = 80;
/// What a text is cut to, from the generous to nothing: the first with which everything fits is taken.
const SIZES: [usize; 9] = [8192, 6144, 4096, 3072, 2048, 1024, 512, 256, 0];

/// Where a text stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Here, under this number.
    Here(usize),
    /// Under this number, which came before.
    Before(usize),
}

/// The texts that were put on the page so far, and the size that each is cut to.
#[derive(Debug)]
pub(super) struct Texts<'a> {
    size: usize,
    placed: HashMap<&'a str, usize>,
}

impl<'a> Texts<'a> {
    /// Chooses the size by everything that will be shown.
    pub fn of(records: &'a [Record]) -> Self {
        let exercises = || records.iter().flat_map(|record| &record.exercises);
        let scenarios = || exercises().flat_map(|exercise| &exercise.scenarios);
        let messages = exercises().filter_map(|exercise| exercise.message.as_deref());
        let reports = scenarios().filter_map(|scenario| scenario.report.as_deref());
        let distinct: HashMap<&str, usize> =
            messages.chain(reports).map(|text| (text, weight(text))).collect();
        let rows = scenarios().filter(|scenario| scenario.report.is_some()).count() + exercises().count();
        let left = PAGE.saturating_sub(rows * ROW);
        let fits =
            |size: &usize| distinct.values().map(|&weight| weight.min(size + NOTE)).sum::<usize>() <= left;
        let size = SIZES.into_iter().find(fits).unwrap_or(0);
        Self { size, placed: HashMap::new() }
    }

    /// Takes note of a text where it is about to be shown.
    pub fn place(&mut self, text: &'a str) -> Place {
        let next = self.placed.len() + 1;
        match self.placed.get(text) {
            Some(&number) => Place::Before(number),
            None => {
                self.placed.insert(text, next);
                Place::Here(next)
            }
        }
    }

    /// `text`, or its beginning and its end where it is too long.
    pub fn cut(&self, text: &str) -> String {
        cut(text, self.size)
    }
}

/// Bytes of a text on the page, where it is escaped.
fn weight(text: &str) -> usize {
    text.chars().map(weight_of).sum()
}

fn weight_of(c: char) -> usize {
    match c {
        '<' | '>' => 4,
        '&' | '\'' => 5,
        '"' => 6,
        '\n' | '\t' | ' '..='~' => 1,
        // As `\u{1b}`.
        c if c.is_control() => 6,
        c => c.len_utf8(),
    }
}

/// Three quarters of `size` bytes from the beginning of `text` and a quarter from its end: what was
/// expected stands at the one, how to try it again at the other. Bytes are those of [`weight`].
fn cut(text: &str, size: usize) -> String {
    if weight(text) <= size {
        return text.to_owned();
    }
    let head = fitting(text.chars(), size / 4 * 3);
    let tail = text.len() - fitting(text.chars().rev(), size / 4);
    let left_out = text[head..tail].chars().count();
    let (head, tail) = (&text[..head], &text[tail..]);
    format!("{head}\n… {left_out} characters left out here; they are in grades.jsonl …\n{tail}")
}

/// How many bytes of UTF-8 the first of `chars` take that weigh no more than `size`.
fn fitting(chars: impl Iterator<Item = char>, size: usize) -> usize {
    let mut weighed = 0;
    let fits = |c: &char| {
        weighed += weight_of(*c);
        weighed <= size
    };
    chars.take_while(fits).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_keeps_its_beginning_and_its_end() {
        assert_eq!(cut("short", 8), "short");
        let long = format!("begin {} end", "é".repeat(1000));
        let short = cut(&long, 101);
        assert!(short.starts_with("begin é") && short.ends_with("é end"), "{short}");
        assert!(short.contains("left out here") && short.len() < 200, "{short}");
    }

    #[test]
    fn an_equal_text_is_placed_once() {
        let mut texts = Texts::of(&[]);
        assert_eq!(texts.place("a"), Place::Here(1));
        assert_eq!(texts.place("b"), Place::Here(2));
        assert_eq!(texts.place("a"), Place::Before(1));
    }

    #[test]
    fn weight_counts_entities() {
        let mut out = String::new();
        super::super::visible::push_escaped(&mut out, "<a href=\"x\">'é&\n\u{1b}", true);
        assert_eq!(weight("<a href=\"x\">'é&\n\u{1b}"), out.len());
    }
}
