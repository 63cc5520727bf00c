//! Any text to Rust's lexemes. Nothing is an error: a text that no compiler would take has lexemes too, and
//! takes time in proportion to its length.

use super::literals::{Strings, character_or_lifetime, number, string};

/// What a lexeme is. Blanks and comments are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword; a raw one (`r#match`) with its `r#`.
    Word,
    Lifetime,
    Integer,
    Float,
    Char,
    /// A byte: `b'x'`.
    Byte,
    /// With or without `r`, `c` and hashes.
    Text,
    /// A byte string.
    Bytes,
    /// An operator or bracket, or a character that Rust does not know.
    Sign,
}

/// `text[start..end]`, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
}

impl Lexeme {
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Signs of more than one character, the longer ones first.
const LONG_SIGNS: [&str; 25] = [
    "<<=", ">>=", "...", "..=", "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=",
    "%=", "^=", "&=", "|=", "<<", ">>", "..", "<-",
];

/// The lexemes of a text, from its beginning.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    strings: Strings,
    /// The last lexeme was a dot, so that `x.0.1` has two numbers and no fraction.
    after_dot: bool,
}

impl<'t> Lexer<'t> {
    /// `text` is shorter than 4 GiB.
    pub fn new(text: &'t str) -> Self {
        let at = if text.starts_with("#!") && !text.starts_with("#![") { line_end(text, 0) } else { 0 };
        Lexer { text, at, strings: Strings::default(), after_dot: false }
    }

    fn skip_blanks_and_comments(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            if rest[blank..].starts_with("//") {
                self.at = line_end(self.text, self.at);
            } else if rest[blank..].starts_with("/*") {
                self.at = comment_end(self.text, self.at);
            } else if blank == 0 {
                return;
            }
        }
    }

    fn lexeme(&mut self, first: char) -> (Kind, usize) {
        let rest = &self.text[self.at..];
        if let Some((kind, len)) = string(rest, &mut self.strings) {
            return (kind, len);
        }
        match first {
            '\'' => character_or_lifetime(rest),
            '0'..='9' => number(rest, !self.after_dot),
            'r' if rest.starts_with("r#") && rest[2..].starts_with(is_word) => {
                (Kind::Word, 2 + word(&rest[2..]))
            }
            c if is_word(c) => (Kind::Word, word(rest)),
            c => {
                let long = LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign));
                (Kind::Sign, long.map_or(c.len_utf8(), |sign| sign.len()))
            }
        }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Lexeme;

    fn next(&mut self) -> Option<Lexeme> {
        self.skip_blanks_and_comments();
        let first = self.text[self.at..].chars().next()?;
        let (kind, len) = self.lexeme(first);
        let start = self.at;
        self.at += len;
        self.after_dot = &self.text[start..self.at] == ".";
        Some(Lexeme { kind, start: start as u32, end: self.at as u32 })
    }
}

pub(super) fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// How many bytes of `rest` are a word's.
pub(super) fn word(rest: &str) -> usize {
    rest.find(|c| !is_word(c)).unwrap_or(rest.len())
}

/// Where the line that holds `from` ends, without its line feed.
pub(super) fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at)
}

/// Behind the block comment at `from`, which may hold others. One that is not closed takes the rest.
fn comment_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (from, 0_u32);
    while let Some(pair) = bytes.get(at..at + 2) {
        match pair {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexemes(text: &str) -> Vec<(&str, Kind)> {
        Lexer::new(text).map(|lexeme| (lexeme.of(text), lexeme.kind)).collect()
    }

    fn words(text: &str) -> Vec<&str> {
        Lexer::new(text).map(|lexeme| lexeme.of(text)).collect()
    }

    #[test]
    fn comments_and_blanks_are_no_lexemes() {
        assert_eq!(words("a /* b /* c */ d */ e // f\ng"), ["a", "e", "g"]);
        assert_eq!(words("#!/usr/bin/env x\na"), ["a"]);
        assert_eq!(words("#![warn(x)]")[..3], ["#", "!", "["]);
        assert_eq!(words("a /* b"), ["a"]);
        assert_eq!(words("/*/ a */ b"), ["b"]);
        assert_eq!(words("\u{feff}a \u{3000}b").last(), Some(&"b"));
    }

    #[test]
    fn every_literal_has_its_kind() {
        use Kind::*;
        for (text, kind) in [
            ("\"a \\\" b\"", Text),
            ("r\"a\\\"", Text),
            ("r##\"a \"# b\"##", Text),
            ("c\"a\"", Text),
            ("cr#\"a\"#", Text),
            ("b\"a\"", Bytes),
            ("br#\"a\"b\"#", Bytes),
            ("'a'", Char),
            ("'\\''", Char),
            ("'\\u{1F600}'", Char),
            ("'字'", Char),
            ("b'\\n'", Byte),
            ("b'''", Byte),
            ("'a", Lifetime),
            ("'static", Lifetime),
            ("1_000u32", Integer),
            ("0xFE", Integer),
            ("0x1E", Integer),
            ("1.5e-3f64", Float),
            ("1e9", Float),
            ("2E+9", Float),
            ("r#match", Word),
            ("_", Word),
            ("变量", Word),
        ] {
            assert_eq!(lexemes(text), [(text, kind)], "{text}");
        }
    }

    #[test]
    fn neighbours_are_told_apart() {
        assert_eq!(words("0..10"), ["0", "..", "10"]);
        assert_eq!(words("x.0.1"), ["x", ".", "0", ".", "1"]);
        assert_eq!(words("1.max(2)"), ["1", ".", "max", "(", "2", ")"]);
        assert_eq!(words("0x1e-3"), ["0x1e", "-", "3"]);
        assert_eq!(words("&'a str"), ["&", "'a", "str"]);
        assert_eq!(words("f('a','b')"), ["f", "(", "'a'", ",", "'b'", ")"]);
        assert_eq!(words("a<<=b>>c"), ["a", "<<=", "b", ">>", "c"]);
        assert_eq!(words("bra + r # x"), ["bra", "+", "r", "#", "x"]);
        assert_eq!(words("€→"), ["€", "→"]);
    }

    #[test]
    fn a_quote_without_its_partner_spoils_one_line_only() {
        assert_eq!(words("a \"b c\nd"), ["a", "\"b c", "d"]);
        assert_eq!(words("a r#\"b \"\nd"), ["a", "r#\"b \"", "d"]);
        assert_eq!(words("'\na"), ["'", "a"]);
    }
}
