//! Somebody else's text, made harmless for files. Letters of every script stay as they are, with their
//! joiners and marks; what steers a terminal, the direction of text or a parser is spelled out.

use std::borrow::Cow;

/// Whether `c` steers something, or stands for no character at all (and is forbidden in XML).
fn steers(c: char) -> bool {
    match c {
        '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

fn spell(c: char, out: &mut String) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push(' '),
        '\0' => out.push_str("\\0"),
        c => out.extend(c.escape_unicode()),
    }
}

/// `text` as one line.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if steers(c) { spell(c, &mut out) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// `text` as lines that end in `\n`, without one behind the last; tabs stay.
pub(super) fn block(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (number, one) in text.trim_end().split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let one = one.strip_suffix('\r').unwrap_or(one);
        for c in one.chars() {
            if c != '\t' && steers(c) { spell(c, &mut out) } else { out.push(c) }
        }
    }
    out
}

/// `text`, or its beginning and `…`, in at most `most` characters.
pub(super) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if text.chars().nth(most).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().take(most.saturating_sub(1)).chain(['…']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stay_and_what_steers_is_spelled_out() {
        let table = [
            ("علی\u{200c}رضا", "علی\u{200c}رضا"),
            ("e\u{301} 👩\u{200d}💻", "e\u{301} 👩\u{200d}💻"),
            ("\u{1b}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
            ("a\0b\r\nc\td", "a\\0b\\r\\nc d"),
            ("\u{202e}evil\u{fffe}\u{9b}", "\\u{202e}evil\\u{fffe}\\u{9b}"),
        ];
        for (text, clean) in table {
            assert_eq!(line(text), clean);
        }
    }

    #[test]
    fn a_block_keeps_its_lines_and_tabs() {
        assert_eq!(block("a\r\n\tb\rc\n\n"), "a\n\tb\\rc");
        assert_eq!(block(""), "");
    }

    #[test]
    fn a_cut_counts_characters() {
        assert_eq!(cut("añb", 3), "añb");
        assert_eq!(cut("añbc", 3), "añ…");
    }
}
