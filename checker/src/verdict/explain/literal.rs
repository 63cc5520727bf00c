//! Bytes as text that is safe to print: what a program wrote never reaches a terminal as it is.

use unicode_width::UnicodeWidthChar;

/// One character, or one byte that is none, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph {
    pub text: String,
    /// Columns on a terminal.
    pub width: usize,
}

/// Whether `c` shows as itself: it takes room, is no look-alike of a blank, and steers nothing.
fn shows(c: char) -> bool {
    match c {
        ' ' => true,
        // The sign for lost bytes, and fillers that look empty: their number says more.
        '\u{fffd}' | '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' => false,
        // Format characters with a width: soft hyphen, number signs, interlinear annotation, tags and more.
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' => false,
        '\u{8e2}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => false,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' => false,
        '\u{2d7f}' | '\u{13430}'..='\u{1345f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' => {
            false
        }
        '\u{e0000}'..='\u{e0fff}' => false,
        _ => !c.is_whitespace() && !c.is_control() && c.width().is_some_and(|width| width > 0),
    }
}

fn escaped(c: char) -> String {
    match c {
        '\n' => "\\n".into(),
        '\r' => "\\r".into(),
        '\t' => "\\t".into(),
        '\0' => "\\0".into(),
        _ => c.escape_unicode().to_string(),
    }
}

fn glyph(text: String) -> Glyph {
    let width = text.chars().filter_map(UnicodeWidthChar::width).sum();
    Glyph { text, width }
}

/// The characters of a Rust-like string literal for `bytes`, without its quotes.
pub fn glyphs(bytes: &[u8]) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        glyphs.extend(chunk.valid().chars().map(|c| {
            glyph(match c {
                '"' | '\\' => format!("\\{c}"),
                c if shows(c) => c.to_string(),
                c => escaped(c),
            })
        }));
        glyphs.extend(chunk.invalid().iter().map(|byte| glyph(format!("\\x{byte:02X}"))));
    }
    glyphs
}

/// `bytes` as a whole Rust-like string literal.
pub fn quoted(bytes: &[u8]) -> String {
    let text: String = glyphs(bytes).into_iter().map(|glyph| glyph.text).collect();
    format!("\"{text}\"")
}

/// The beginning of a run of `len` bytes (`head` is what is known of it) in at most `columns`: `"Welcome…"`.
pub fn quoted_within(head: &[u8], len: u64, columns: usize) -> String {
    let whole = head.len() as u64 == len;
    let glyphs = glyphs(if whole { head } else { without_cut_end(head) });
    let wide: usize = glyphs.iter().map(|glyph| glyph.width).sum();
    if whole && wide + 2 <= columns {
        return quoted(head);
    }
    let (mut text, mut used) = (String::from("\""), 3);
    for glyph in glyphs.iter().take_while(|glyph| {
        used += glyph.width;
        used <= columns
    }) {
        text.push_str(&glyph.text);
    }
    text + "…\""
}

/// `bytes` without the beginning of a character that goes on behind them.
pub fn without_cut_end(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Ok(_) => bytes,
        Err(error) => {
            let last = bytes.utf8_chunks().last().map_or(0, |chunk| chunk.invalid().len());
            let cut = error.error_len().is_none() || (last > 0 && is_cut(&bytes[bytes.len() - last..]));
            &bytes[..bytes.len() - if cut { last } else { 0 }]
        }
    }
}

fn is_cut(end: &[u8]) -> bool {
    std::str::from_utf8(end).is_err_and(|error| error.error_len().is_none())
}

/// One line of a program's text, harmless: as it is where that is safe, else escaped. Tabs become blanks.
pub fn harmless(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\t' => text.push_str("    "),
                c if shows(c) => text.push(c),
                c => text.push_str(&escaped(c)),
            }
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

/// The beginning of [`harmless`] text in at most `columns`; `…` where it is cut.
pub fn harmless_within(bytes: &[u8], columns: usize) -> String {
    // Every byte that is kept takes a column or more, but for those inside of a character: four are the most.
    let text = harmless(&bytes[..bytes.len().min(4 * columns)]);
    let wide = |c: char| c.width().unwrap_or(0);
    if bytes.len() <= 4 * columns && text.chars().map(wide).sum::<usize>() <= columns {
        return text;
    }
    let mut used = 1;
    let kept = text.chars().take_while(|c| {
        used += wide(*c);
        used <= columns
    });
    kept.collect::<String>() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_printable_whatever_is_in_it() {
        let table: [(&[u8], &str); 9] = [
            (b"Welcome!\n", r#""Welcome!\n""#),
            ("收到, 已开始".as_bytes(), r#""收到, 已开始""#),
            (b"a\r\n\t\0b", r#""a\r\n\t\0b""#),
            (b"\"\\", r#""\"\\""#),
            (b"\xff\xe6\x94", r#""\xFF\xE6\x94""#),
            (b"\x1b[2J\x07", r#""\u{1b}[2J\u{7}""#),
            ("a\u{202e}b\u{200b}c\u{feff}".as_bytes(), r#""a\u{202e}b\u{200b}c\u{feff}""#),
            ("\u{a0}\u{3000}\u{fffd}".as_bytes(), r#""\u{a0}\u{3000}\u{fffd}""#),
            ("\u{9b}31m\u{e0041}".as_bytes(), r#""\u{9b}31m\u{e0041}""#),
        ];
        for (bytes, shown) in table {
            assert_eq!(quoted(bytes), shown);
        }
    }

    #[test]
    fn a_cut_literal_keeps_whole_characters_and_its_quotes() {
        assert_eq!(quoted_within(b"Welcome to study", 16, 12), "\"Welcome t…\"");
        assert_eq!(quoted_within(b"ab", 2, 12), "\"ab\"");
        assert_eq!(quoted_within("收到收到".as_bytes(), 12, 8), "\"收到…\"");
        assert_eq!(quoted_within(b"ab\xe6\x94", 500, 40), "\"ab…\"");
        assert_eq!(quoted_within(b"abc\x00\x01", 5, 9), "\"abc\\0…\"");
    }

    #[test]
    fn plain_text_keeps_its_quotes_and_loses_its_teeth() {
        assert_eq!(harmless(b"\x1b[31mno \"such\"\\file\x1b[0m"), "\\u{1b}[31mno \"such\"\\file\\u{1b}[0m");
        assert_eq!(harmless(b"a\tb\r"), "a    b\\r");
    }
}
