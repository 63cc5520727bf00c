//! Strangers' text made safe to show: nothing in it steers a terminal or hides from a reader.

/// `text`, with each character that does not show as itself replaced by its number: `⟨U+202E⟩`. A tab stays.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            out += &format!("⟨U+{:04X}⟩", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Control characters, those that change the direction of text, and those of no width.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers() {
        assert_eq!(visible("a\u{1b}[2J\u{202e}b\tc 字"), "a⟨U+001B⟩[2J⟨U+202E⟩b\tc 字");
    }
}
