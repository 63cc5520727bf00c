//! Where literals end.

use super::lexer::{Kind, line_end, word};

/// What is known of the strings of one text: once one has no end, none behind it is looked for further than
/// its line, so that a text full of them takes linear time, and one lost quote does not hide the rest.
#[derive(Debug, Default)]
pub(super) struct Strings {
    one_is_open: bool,
}

/// The string, byte string or byte at the beginning of `rest`, if there is one: its kind and length.
pub(super) fn string(rest: &str, strings: &mut Strings) -> Option<(Kind, usize)> {
    let prefix = ["br", "cr", "b", "c", "r", ""]
        .into_iter()
        .find(|prefix| rest.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(['"', '#', '\''])))?;
    let kind = if prefix.starts_with('b') { Kind::Bytes } else { Kind::Text };
    let raw = prefix.ends_with('r');
    let behind = &rest[prefix.len()..];
    let hashes = if raw { behind.len() - behind.trim_start_matches('#').len() } else { 0 };
    let open = prefix.len() + hashes + 1;
    match behind[hashes..].chars().next()? {
        '"' => {
            let end =
                if raw { raw_end(rest, open, hashes, strings) } else { quoted_end(rest, open, strings) };
            Some((kind, end))
        }
        '\'' if prefix == "b" => char_end(&rest[1..]).map(|len| (Kind::Byte, 1 + len)),
        _ => None,
    }
}

/// Behind the quote that closes the string that is open at `from`.
fn quoted_end(rest: &str, from: usize, strings: &mut Strings) -> usize {
    let mut bytes = rest.bytes().enumerate().skip(from);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'"' => return at + 1,
            b'\n' if strings.one_is_open => return at,
            _ => {}
        }
    }
    strings.lost(rest, from)
}

/// Behind the quote and the hashes that close the raw string that is open at `from`.
fn raw_end(rest: &str, from: usize, hashes: usize, strings: &mut Strings) -> usize {
    let (mut seen, mut open) = (0, true);
    for (at, byte) in rest.bytes().enumerate().skip(from) {
        match byte {
            b'"' => (seen, open) = (0, false),
            b'#' if !open => seen += 1,
            b'\n' if strings.one_is_open => return at,
            _ => open = true,
        }
        if !open && seen == hashes {
            return at + 1;
        }
    }
    strings.lost(rest, from)
}

impl Strings {
    /// Where a string ends that is open at `from` and never closed.
    fn lost(&mut self, rest: &str, from: usize) -> usize {
        self.one_is_open = true;
        line_end(rest, from)
    }
}

/// How long the character literal at the beginning of `rest` is, if it is one.
fn char_end(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\n' {
        return None;
    }
    if first != '\\' {
        return chars.next().filter(|(_, c)| *c == '\'').map(|(at, _)| at + 1);
    }
    chars.next()?;
    // The longest escape is `\u{10FFFF}`, which may hold underscores.
    chars.take(20).take_while(|(_, c)| *c != '\n').find(|(_, c)| *c == '\'').map(|(at, _)| at + 1)
}

/// What begins with an apostrophe.
pub(super) fn character_or_lifetime(rest: &str) -> (Kind, usize) {
    match char_end(rest) {
        Some(len) => (Kind::Char, len),
        None => match word(&rest[1..]) {
            0 => (Kind::Sign, 1),
            len => (Kind::Lifetime, 1 + len),
        },
    }
}

/// What begins with a digit. `fraction`: whether a dot may be part of it.
pub(super) fn number(rest: &str, fraction: bool) -> (Kind, usize) {
    let mut end = word(rest);
    if rest.starts_with("0x") || rest.starts_with("0b") || rest.starts_with("0o") {
        return (Kind::Integer, end);
    }
    let mut kind = Kind::Integer;
    let digit = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    if fraction && rest[end..].starts_with('.') && digit(end + 1) {
        kind = Kind::Float;
        end += 1 + word(&rest[end + 1..]);
    }
    if rest[..end].ends_with(['e', 'E']) && rest[end..].starts_with(['+', '-']) && digit(end + 1) {
        kind = Kind::Float;
        end += 1 + word(&rest[end + 1..]);
    }
    let exponent =
        rest[..end].trim_start_matches(|c: char| c.is_ascii_digit() || c == '_').starts_with(['e', 'E']);
    let suffix = rest[..end].ends_with("f32") || rest[..end].ends_with("f64");
    (if exponent || suffix { Kind::Float } else { kind }, end)
}
