//! The compiler's own words: as it printed them, with its colours and nothing else that steers a terminal.

use super::look::Look;
use crate::verdict::explain::literal::harmless;

/// What the compiler printed (errors, warnings), fit for the terminal; without a line end behind it.
pub fn compiler_words(rendered: &str, look: Look) -> String {
    lines(rendered, look.color).join("\n")
}

/// `rendered` line by line. Sequences that set colours stay where `color` says so; all others go.
pub(super) fn lines(rendered: &str, color: bool) -> Vec<String> {
    let mut text = String::new();
    let mut colored = false;
    let mut rest = rendered;
    while let Some(at) = rest.find('\x1b') {
        plain(&rest[..at], &mut text);
        let (sequence, behind) = rest[at..].split_at(length(&rest[at..]));
        if color && is_color(sequence) {
            text.push_str(sequence);
            colored = true;
        }
        rest = behind;
    }
    plain(rest, &mut text);
    if colored {
        text.truncate(text.trim_end().len());
        text.push_str("\x1b[0m");
    }
    text.trim_end().split('\n').map(|line| line.trim_end().to_owned()).collect()
}

fn plain(text: &str, out: &mut String) {
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        out.push_str(&harmless(line.strip_suffix('\r').unwrap_or(line).as_bytes()));
    }
}

/// Length of the escape sequence at the beginning of `text`.
fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let end = match bytes.get(1) {
        Some(b'[') => {
            let last = bytes[2..].iter().position(|byte| !(0x20..=0x3f).contains(byte));
            last.filter(|at| (0x40..=0x7e).contains(&bytes[2 + at])).map(|at| at + 3)
        }
        // An operating system command goes on to BEL or to ESC \.
        Some(b']') => {
            text.find('\x07').map(|at| at + 1).into_iter().chain(text.find("\x1b\\").map(|at| at + 2)).min()
        }
        _ => None,
    };
    let one = || 1 + text[1..].chars().next().map_or(0, char::len_utf8);
    // A sequence without its end is not trusted with what follows: the escape alone goes.
    end.filter(|&end| text.is_char_boundary(end))
        .unwrap_or_else(|| if matches!(bytes.get(1), Some(b'[' | b']')) { 1 } else { one() })
}

fn is_color(sequence: &str) -> bool {
    let inner = sequence.strip_prefix("\x1b[").and_then(|rest| rest.strip_suffix('m'));
    inner.is_some_and(|inner| inner.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b';' | b':')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_stay_and_all_else_goes() {
        let text = "\x1b[1m\x1b[31merror\x1b[0m: no\x1b[2J\x1b]0;title\x07 \
            \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\\x1bc\n  \u{202e}here\r\n";
        assert_eq!(lines(text, true), ["\x1b[1m\x1b[31merror\x1b[0m: no link", "  \\u{202e}here\x1b[0m"]);
        assert_eq!(lines(text, false), ["error: no link", "  \\u{202e}here"]);
        assert_eq!(lines("a\x1b[31", true), ["a[31"]);
        assert_eq!(lines("a\x1b]0;endless\nb", true), ["a]0;endless", "b"]);
        assert_eq!(lines("\x1b[3收m", true), ["[3收m"]);
    }
}
