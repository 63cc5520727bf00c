//! The long texts of a class: equal lines once, and together no more than a browser reads in a moment.
//!
//! Two students who fail alike do not have the same text, as the times in it differ; most of its lines
//! they have in common.

use std::collections::HashMap;

use super::visible::in_lines;
use crate::gradebook::record::Record;

/// Bytes that the page should stay below.
const PAGE: usize = 14 << 20;
/// Bytes of a row around its text, about.
const ROW: usize = 330;
/// Bytes of a line's number where it is used, and of what is around a line where it stands, about.
const NUMBER: usize = 7;
/// What a text is cut to, from the generous to nothing: the first with which everything fits is taken.
const SIZES: [usize; 9] = [8192, 6144, 4096, 3072, 2048, 1024, 512, 256, 0];

/// The lines that are on the page so far, and the size that each text is cut to.
#[derive(Debug, Default)]
pub(super) struct Texts {
    size: usize,
    numbers: HashMap<String, usize>,
    /// Bytes of all that was put on the page.
    weight: usize,
}

impl Texts {
    /// Chooses the size by everything that will be shown.
    pub fn of(records: &[Record]) -> Self {
        let exercises = || records.iter().flat_map(|record| &record.exercises);
        let scenarios = || exercises().flat_map(|exercise| &exercise.scenarios);
        let rows = scenarios().filter(|scenario| scenario.report.is_some()).count() + exercises().count();
        let left = PAGE.saturating_sub(rows * ROW);
        let fits = |size: &usize| {
            let messages = exercises().filter_map(|exercise| exercise.message.as_deref());
            let reports = scenarios().filter_map(|scenario| scenario.report.as_deref());
            let mut texts = Self { size: *size, ..Self::default() };
            messages.chain(reports).all(|text| {
                texts.lines(text);
                texts.weight <= left
            })
        };
        Self { size: SIZES.into_iter().find(fits).unwrap_or(0), ..Self::default() }
    }

    /// The numbers of a text's lines, in [`Texts::all`]; of its beginning and its end where it is too long.
    pub fn lines(&mut self, text: &str) -> Vec<usize> {
        in_lines(&self.cut(text)).split('\n').map(|line| self.line(line)).collect()
    }

    /// The number of a line that is free of what steers.
    pub fn line(&mut self, line: &str) -> usize {
        self.weight += NUMBER;
        if let Some(number) = self.numbers.get(line) {
            return *number;
        }
        self.weight += NUMBER + line.chars().map(weight).sum::<usize>();
        let number = self.numbers.len();
        self.numbers.insert(line.to_owned(), number);
        number
    }

    /// Every line, by its number.
    pub fn all(&self) -> Vec<String> {
        let mut lines: Vec<(&String, &usize)> = self.numbers.iter().collect();
        lines.sort_unstable_by_key(|(_, number)| **number);
        lines.into_iter().map(|(line, _)| line.clone()).collect()
    }

    /// `text`, or its beginning and its end where it is too long.
    pub fn cut(&self, text: &str) -> String {
        cut(text, self.size)
    }
}

/// Bytes of a letter in the page's data.
fn weight(c: char) -> usize {
    match c {
        '<' => 6,
        '"' | '\\' | '\t' => 2,
        c => c.len_utf8(),
    }
}

/// Three quarters of `size` bytes from the beginning of `text` and a quarter from its end: what was
/// expected stands at the one, how to try it again at the other.
fn cut(text: &str, size: usize) -> String {
    if text.len() <= size {
        return text.to_owned();
    }
    // A letter that would be cut in two stays whole.
    let boundary = |at: usize| (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let (head, tail) = (boundary(size / 4 * 3), boundary(text.len() - size / 4));
    let left_out = text[head..tail].chars().count();
    let (head, tail) = (&text[..head], &text[tail..]);
    format!("{head}\n… {left_out} characters left out here; they are in grades.jsonl …\n{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::html::Html;

    #[test]
    fn a_long_text_keeps_its_beginning_and_its_end() {
        assert_eq!(cut("short", 8), "short");
        let long = format!("begin {} end", "é".repeat(1000));
        let short = cut(&long, 101);
        assert!(short.starts_with("begin é") && short.ends_with("é end"), "{short}");
        assert!(short.contains("left out here") && short.len() < 200, "{short}");
    }

    #[test]
    fn an_equal_line_is_there_once_and_a_text_is_its_lines() {
        let mut texts = Texts { size: 100, ..Texts::default() };
        assert_eq!(texts.lines("a\n\nb\n"), [0, 1, 2, 1]);
        assert_eq!(texts.lines("c\na"), [3, 0]);
        assert_eq!(texts.all(), ["a", "", "b", "c"]);
    }

    #[test]
    fn the_weight_of_a_letter_is_what_it_takes_in_the_page() {
        let size = |text: &str| {
            let mut html = Html::default();
            html.data("d", &text);
            html.into_string().len()
        };
        for letter in ["<", ">", "\"", "'", "&", "\\", "\t", "é", "✗"] {
            let weight: usize = letter.chars().map(weight).sum();
            assert_eq!(weight, size(letter) - size(""), "{letter:?}");
        }
    }
}
