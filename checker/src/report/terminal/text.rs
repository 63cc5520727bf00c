//! Wrapping, cutting and filling up to a number of columns.

use super::look::Look;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Breaks `text` between words, and anywhere between Chinese characters, into lines of at most `columns`.
pub(in crate::report) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(4);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for atom in atoms(text).into_iter().flat_map(|atom| pieces(atom, columns)) {
        let wide = atom.trim_end().width();
        if used + wide > columns {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(atom);
        }
        used += atom.width();
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Words with the blanks behind them; a wide character is a word of its own.
fn atoms(text: &str) -> Vec<&str> {
    let mut atoms = Vec::new();
    let (mut begin, mut before) = (0, None);
    for (at, c) in text.char_indices() {
        let breaks = before.is_some_and(|before| {
            c != ' ' && (before == ' ' || ((is_wide(before) || is_wide(c)) && !closes(c)))
        });
        if breaks {
            atoms.push(&text[begin..at]);
            begin = at;
        }
        before = Some(c);
    }
    atoms.push(&text[begin..]);
    atoms
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

/// Whether `c` may not begin a line.
fn closes(c: char) -> bool {
    "，。、；：！？）】》”’,.;:!?)]}\"'…".contains(c)
}

/// `atom` in pieces of at most `columns`.
fn pieces(atom: &str, columns: usize) -> Vec<&str> {
    let (mut pieces, mut begin, mut used) = (Vec::new(), 0, 0);
    for (at, c) in atom.char_indices().filter(|(_, c)| *c != ' ') {
        let wide = c.width().unwrap_or(0);
        if used + wide > columns {
            pieces.push(&atom[begin..at]);
            (begin, used) = (at, 0);
        }
        used += wide;
    }
    pieces.push(&atom[begin..]);
    pieces
}

/// `text`, or its beginning and `…`, in at most `columns`.
pub(in crate::report) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let (mut kept, mut used) = (String::new(), 1);
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

/// `text` with blanks behind it up to `columns`.
pub(in crate::report) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{:1$}", "", columns.saturating_sub(text.width()))
}

/// `left`, and `right` at the right edge where both fit with two blanks between them.
pub(super) fn edges(left: &str, right: &str, columns: usize) -> Option<String> {
    let gap =
        columns.checked_sub(left.width() + right.width()).filter(|&gap| gap >= 2 || right.is_empty())?;
    Some(if right.is_empty() { left.to_owned() } else { format!("{left}{:gap$}{right}", "") })
}

/// Text from the course, wrapped to the look's width, each line behind two blanks.
pub fn paragraph(text: &str, look: Look) -> String {
    let lines = text.trim().lines().flat_map(|line| match line.trim() {
        "" => vec![String::new()],
        line => wrap(line, look.columns() - 2),
    });
    lines.map(|line| format!("  {line}").trim_end().to_owned() + "\n").collect()
}

/// `text` behind `lead`, in lines of at most `columns`; all but the first stand as far in as the lead is wide.
pub fn hanging(lead: &str, text: &str, columns: usize) -> String {
    let indent = lead.width();
    let lines = text.lines().flat_map(|line| wrap(line, columns.saturating_sub(indent)));
    let lines: Vec<String> = lines.collect();
    lead.to_owned() + &lines.join(&format!("\n{:indent$}", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_stands_below_its_first_line() {
        assert_eq!(hanging("note: ", "one two three\nfour", 14), "note: one two\n      three\n      four");
        assert_eq!(hanging("", "收到", 80), "收到");
        assert_eq!(hanging("note: ", "", 80), "note: ");
    }

    #[test]
    fn lines_break_between_words_and_between_chinese_characters() {
        assert_eq!(wrap("serve bob while ann thinks", 10), ["serve bob", "while ann", "thinks"]);
        assert_eq!(wrap("服务器应该先问候，再等", 12), ["服务器应该先", "问候，再等"]);
        assert_eq!(wrap("服务器应该先问，再等", 15), ["服务器应该先", "问，再等"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn cuts_and_fills_count_columns() {
        assert_eq!(cut("收到收到", 6), "收到…");
        assert_eq!(cut("收到", 4), "收到");
        assert_eq!(pad("收", 4), "收  ");
        assert_eq!(edges("a", "b", 4).as_deref(), Some("a  b"));
        assert_eq!(edges("ab", "b", 4), None);
    }
}
