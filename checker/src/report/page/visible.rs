//! Characters that steer instead of showing become something to read.

use std::fmt::Write as _;

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

/// Adds `text` to `out`, fit to stand between tags and inside quotes. Line ends and tabs stay where
/// `lines` says so; everything else that steers is written as in Rust's source: `\u{202e}`.
pub(super) fn push_escaped(out: &mut String, text: &str, lines: bool) {
    out.reserve(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' if lines => out.push(c),
            '\n' | '\t' | '\r' => out.extend(c.escape_default()),
            // Writing into a String can't fail.
            c if steers(c) => drop(write!(out, "\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str, lines: bool) -> String {
        let mut out = String::new();
        push_escaped(&mut out, text, lines);
        out
    }

    #[test]
    fn what_means_something_to_a_browser_is_an_entity() {
        assert_eq!(
            escaped("<b a='1' c=\"2\">&amp;", false),
            "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;"
        );
    }

    #[test]
    fn what_steers_is_written_out() {
        for (text, shown) in [
            ("a\u{202e}b", "a\\u{202e}b"),
            ("a\0b\u{1b}[2J", "a\\u{0}b\\u{1b}[2J"),
            ("\u{9b}\u{2066}\u{feff}", "\\u{9b}\\u{2066}\\u{feff}"),
            ("\u{ffff}\u{1fffe}", "\\u{ffff}\\u{1fffe}"),
            ("a\r\n\tb", "a\\r\\n\\tb"),
        ] {
            assert_eq!(escaped(text, false), shown);
        }
        assert_eq!(escaped("a\r\n\tb\u{b}", true), "a\\r\n\tb\\u{b}");
    }

    #[test]
    fn names_of_any_script_stay_as_they_are() {
        for name in ["Zoë Exämple", "王小明", "محمد", "שלום", "می‌خواهم", "👩‍💻"]
        {
            assert_eq!(escaped(name, false), name);
            assert!(shows(name));
        }
        assert!(!shows(" \u{a0}\u{200d}"));
    }
}
