//! Characters that steer instead of showing become something to read.

use std::fmt::Write as _;

/// Letters of a text on one line that are shown; a summary or a folder's name may be a book.
const LINE: usize = 1000;

/// Whether `c` moves, hides or turns around what is beside it, or shows nothing where it should.
/// The joiners U+200C and U+200D stay: names are written with them.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || is_noncharacter(c)
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether somebody who reads `text` sees anything at all.
pub(super) fn shows(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !matches!(c, '\u{200c}' | '\u{200d}'))
}

/// `text` as it is read on one line, cut to [`LINE`] letters: a line end in it is written `\n`, and what steers
/// as in Rust's source, `\u{202e}`.
pub(super) fn on_one_line(text: &str) -> String {
    match text.char_indices().nth(LINE) {
        Some((end, _)) => visible(&text[..end], false) + "…",
        None => visible(text, false),
    }
}

/// `text` as it is read, in its own lines: line ends and tabs stay.
pub(super) fn in_lines(text: &str) -> String {
    visible(text, true)
}

fn visible(text: &str, lines: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' if lines => out.push(c),
            '\n' | '\t' | '\r' => out.extend(c.escape_default()),
            // Writing into a String can't fail.
            c if steers(c) => drop(write!(out, "\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_written_out() {
        for (text, shown) in [
            ("a\u{202e}b", "a\\u{202e}b"),
            ("a\0b\u{1b}[2J", "a\\u{0}b\\u{1b}[2J"),
            ("\u{9b}\u{2066}\u{feff}", "\\u{9b}\\u{2066}\\u{feff}"),
            ("\u{ffff}\u{1fffe}", "\\u{ffff}\\u{1fffe}"),
            ("a\r\n\tb", "a\\r\\n\\tb"),
        ] {
            assert_eq!(on_one_line(text), shown);
        }
        assert_eq!(in_lines("a\r\n\tb\u{b}"), "a\\r\n\tb\\u{b}");
    }

    #[test]
    fn a_book_on_one_line_is_cut() {
        assert_eq!(on_one_line(&"é".repeat(1001)), "é".repeat(1000) + "…");
    }

    #[test]
    fn names_of_any_script_stay_as_they_are() {
        for name in ["Zoë Exämple", "王小明", "محمد", "שלום", "می‌خواهم", "👩‍💻"]
        {
            assert_eq!(on_one_line(name), name);
            assert!(shows(name));
        }
        assert!(!shows(" \u{a0}\u{200d}"));
    }
}
