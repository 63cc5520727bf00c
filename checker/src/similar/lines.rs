//! Spans of a text to its lines.

use std::ops::Range;

use super::report::{Line, MOST_LINES};

/// The most characters of a line that are kept.
const MOST_CHARS: usize = 300;

/// The first and the last line that `bytes` touches, from 1, and those lines themselves with what of them is
/// `marked` (ranges in order that do not overlap). All ranges are on character boundaries.
pub(super) fn lines(text: &str, bytes: &Range<usize>, marked: &[Range<usize>]) -> (usize, usize, Vec<Line>) {
    let count = |end: usize| text.as_bytes()[..end].iter().filter(|byte| **byte == b'\n').count();
    let first = 1 + count(bytes.start);
    let last = first + count(bytes.end) - count(bytes.start);
    let begin = text[..bytes.start].rfind('\n').map_or(0, |at| at + 1);
    let mut lines = Vec::new();
    let mut start = begin;
    for (number, line) in (first..=last).zip(text[begin..].split('\n')).take(MOST_LINES) {
        let cut = line.char_indices().nth(MOST_CHARS).map_or(line.len(), |(at, _)| at);
        let mut pieces = pieces(text, start..start + cut, marked);
        if cut < line.len() {
            pieces.push((false, " …".to_owned()));
        }
        lines.push(Line { number, pieces });
        start += line.len() + 1;
    }
    (first, last, lines)
}

/// The text of a line, cut where `marked` begins and ends. Blanks at the beginning of a line are not marked.
fn pieces(text: &str, line: Range<usize>, marked: &[Range<usize>]) -> Vec<(bool, String)> {
    let mut pieces = Vec::new();
    let mut push = |mark: bool, range: Range<usize>| {
        if !range.is_empty() {
            pieces.push((mark, text[range].trim_end_matches('\r').to_owned()));
        }
    };
    let blank = text[line.clone()].len() - text[line.clone()].trim_start().len();
    let mut at = line.start;
    let from = marked.partition_point(|range| range.end <= line.start);
    for range in marked[from..].iter().take_while(|range| range.start < line.end) {
        let (start, end) = (range.start.max(line.start + blank), range.end.min(line.end));
        if start < end {
            push(false, at..start);
            push(true, start..end);
            at = end;
        }
    }
    push(false, at..line.end);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_become_whole_lines_with_their_marks() {
        let text = "one\n  two 2\r\n\n  three\nfour";
        let (first, last, lines) = lines(text, &(6..19), &[6..9, 16..19]);
        assert_eq!((first, last), (2, 4));
        let piece = |mark, text: &str| (mark, text.to_owned());
        assert_eq!(
            lines,
            [
                Line { number: 2, pieces: vec![piece(false, "  "), piece(true, "two"), piece(false, " 2")] },
                Line { number: 3, pieces: vec![] },
                Line { number: 4, pieces: vec![piece(false, "  "), piece(true, "thr"), piece(false, "ee")] },
            ]
        );
    }

    #[test]
    fn long_lines_and_regions_are_cut() {
        let text = "é".repeat(1000) + &"\nx".repeat(1000);
        let whole = 0..text.len();
        let (first, last, lines) = lines(&text, &whole, std::slice::from_ref(&whole));
        assert_eq!((first, last, lines.len()), (1, 1001, MOST_LINES));
        assert_eq!(lines[0].pieces[0].1.chars().count(), MOST_CHARS);
        assert_eq!(lines[0].pieces[1].1, " …");
    }
}
