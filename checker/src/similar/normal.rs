//! Lexemes to tokens: what formatting, comments, renaming and other values for constants change is dropped or
//! becomes one class; what is left is what the program does.
//!
//! | in the text | becomes |
//! |---|---|
//! | comments, attributes, `use …;`, `mod x;`, `pub`, `pub(…)`, `mut` | nothing |
//! | `,` `;` `{` `}` | nothing: they come and go with the formatter |
//! | module names before `::` (`std::io::Result`) | nothing: what is left is `Result` |
//! | names | one class; a `use … as` is undone first |
//! | keywords, well-known names of the standard library | themselves |
//! | literals | a class a kind; `true` and `false` one together |
//! | lifetimes | one class |

use std::collections::HashMap;

use super::imports::{self, Imports};
use super::lexer::{Kind, Lexeme, Lexer};
use super::names::{self, Place};

/// A token: what it is, and where it stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// Equal for equal tokens.
    pub code: u32,
    /// `text[start..end]`.
    pub start: u32,
    pub end: u32,
}

/// The codes of the classes. All others have [`NAMED`] set.
const NAME: u32 = 1;
const BOOL: u32 = 2;
const LIFETIME: u32 = 3;
const LITERAL: u32 = 8;
const NAMED: u32 = 1 << 31;

/// The most bytes of a file that are looked at: forty thousand lines and more.
const MOST_BYTES: usize = 1 << 21;

/// The tokens of one file, how many lexemes they were made from, and whether there are more than `most` of
/// those, or more than [`MOST_BYTES`]; what lies beyond is left out.
pub(super) fn tokens(whole: &str, most: usize) -> (Vec<Token>, usize, bool) {
    let text = beginning(whole, MOST_BYTES);
    let mut lexer = Lexer::new(text);
    let lexemes: Vec<Lexeme> = lexer.by_ref().take(most).collect();
    let more = text.len() < whole.len() || lexer.next().is_some();
    let mut reader =
        Reader { text, closers: closers(text, &lexemes), imports: HashMap::new(), lexemes, out: Vec::new() };
    let mut at = 0;
    // What is imported counts for the whole file, and cheats may put it last.
    while at < reader.lexemes.len() {
        at = imports::declaration(text, &reader.lexemes, at, &mut reader.imports).unwrap_or(at + 1);
    }
    at = 0;
    while at < reader.lexemes.len() {
        at = reader.step(at);
    }
    (reader.out, reader.lexemes.len(), more)
}

/// At most so many bytes of `text`, and whole characters.
fn beginning(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

struct Reader<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    /// For each opening bracket the place of the one that closes it; otherwise 0.
    closers: Vec<u32>,
    imports: Imports<'t>,
    out: Vec<Token>,
}

impl<'t> Reader<'t> {
    fn is(&self, at: usize, what: &str) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| lexeme.of(self.text) == what)
    }

    fn is_one_of(&self, at: usize, what: &[&str]) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| what.contains(&lexeme.of(self.text)))
    }

    /// Behind the bracket at `at` and what it holds; `None` if it is no bracket, or nothing closes it.
    fn behind_bracket(&self, at: usize) -> Option<usize> {
        self.closers.get(at).filter(|closer| **closer > 0).map(|closer| *closer as usize + 1)
    }

    /// Takes in what begins at `at`, and returns where the next begins.
    fn step(&mut self, at: usize) -> usize {
        let lexeme = self.lexemes[at];
        let text = self.text;
        let code = match lexeme.kind {
            Kind::Sign => match self.dropped_sign(at) {
                Some(next) => return next,
                None => named(lexeme.of(text)),
            },
            Kind::Word => match self.dropped_word(at) {
                Some(next) => return next,
                None => self.word(at),
            },
            Kind::Lifetime => LIFETIME,
            kind => LITERAL + kind as u32,
        };
        self.out.push(Token { code, start: lexeme.start, end: lexeme.end });
        at + 1
    }

    fn dropped_sign(&self, at: usize) -> Option<usize> {
        match self.lexemes[at].of(self.text) {
            "," | ";" | "{" | "}" => Some(at + 1),
            "#" => {
                let bracket = if self.is(at + 1, "!") { at + 2 } else { at + 1 };
                if self.is(bracket, "[") { self.behind_bracket(bracket) } else { None }
            }
            _ => None,
        }
    }

    fn dropped_word(&self, at: usize) -> Option<usize> {
        match self.lexemes[at].of(self.text) {
            "mut" => Some(at + 1),
            "pub" => {
                let limited =
                    self.is(at + 1, "(") && self.is_one_of(at + 2, &["crate", "super", "self", "in"]);
                Some(if limited { self.behind_bracket(at + 1).unwrap_or(at + 1) } else { at + 1 })
            }
            "mod" if self.is(at + 2, ";") => Some(at + 3),
            "use" => imports::declaration(self.text, &self.lexemes, at, &mut HashMap::new()),
            word => {
                let module =
                    word.starts_with(|c: char| c.is_lowercase() || c == '_') && self.is(at + 1, "::");
                module.then_some(at + 2)
            }
        }
    }

    fn word(&self, at: usize) -> u32 {
        let written = self.lexemes[at].of(self.text);
        let behind = at.checked_sub(1).map(|at| self.lexemes[at].of(self.text));
        let member = matches!(behind, Some("." | "::"));
        let meant = if member { written } else { self.imports.get(written).copied().unwrap_or(written) };
        let place = if member || self.imports.contains_key(written) {
            Place::Member
        } else if self.is(at + 1, "!") {
            Place::Macro
        } else {
            Place::Elsewhere
        };
        match meant {
            "true" | "false" => BOOL,
            meant if names::is_kept(meant, place) => named(meant),
            _ => NAME,
        }
    }
}

fn named(text: &str) -> u32 {
    // FNV-1a.
    let hash =
        text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash | NAMED
}

/// For each opening bracket the place of the one that closes it, in one pass.
fn closers(text: &str, lexemes: &[Lexeme]) -> Vec<u32> {
    let mut closers = vec![0; lexemes.len()];
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (at, lexeme) in lexemes.iter().enumerate() {
        let closes = match lexeme.of(text) {
            bracket @ ("(" | "[") => {
                open.push((at, bracket));
                continue;
            }
            ")" => "(",
            "]" => "[",
            _ => continue,
        };
        // One that does not fit is left to itself.
        if open.last().is_some_and(|(_, bracket)| *bracket == closes)
            && let Some((opened, _)) = open.pop()
        {
            closers[opened] = at as u32;
        }
    }
    closers
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn codes(text: &str) -> Vec<u32> {
        tokens(text, usize::MAX).0.into_iter().map(|token| token.code).collect()
    }

    #[test]
    fn what_does_not_matter_makes_no_difference() {
        for (one, other) in [
            ("let length = read(x)?;", "let n = read ( y ) ? ; // why"),
            (
                "fn f(a: &mut [u8]) -> u8 { a[0] }",
                "pub(crate) fn g(\n    bytes: &[u8],\n) -> u8 {\n    bytes[7]\n}",
            ),
            ("#[derive(Debug)]\nstruct A { a: u8 }", "pub struct B { pub b: u8 }"),
            ("use std::io::{self, Read};\nio::stdin().read(b)", "std::io::stdin().read(c)"),
            ("use std::net::TcpListener as L; L::bind(a)", "std::net::TcpListener::bind(a)"),
            ("L::bind(a); use std::net::{UdpSocket as S, TcpListener as L};", "TcpListener::bind(a)"),
            ("use std::thread::sleep; sleep(a)", "std::thread::sleep(a)"),
            ("match a { 1 => { b } _ => { c } }", "match x { 7 => y, other => z }"),
            ("f(true, 'a', \"b\", 1.0, b'a', &'a x)", "g(false, 'b', r#\"c\"#, 2e9, b'\\n', &'static y)"),
            ("impl<'a> A<'a> {}", "impl<'b> B<'b> {}"),
            ("mod wire;\nmod limit;\nf()", "f()"),
        ] {
            assert_eq!(codes(one), codes(other), "{one}");
        }
    }

    #[test]
    fn what_matters_makes_a_difference() {
        for (one, other) in [
            ("a.read_line(b)", "a.read_until(b)"),
            ("TcpListener::bind(a)", "UdpSocket::bind(a)"),
            ("a + b", "a - b"),
            ("f(1)", "f(1.0)"),
            ("f('a')", "f(\"a\")"),
            ("while a {}", "if a {}"),
            ("println!()", "eprintln!()"),
            ("send(a)", "a.send()"),
        ] {
            assert_ne!(codes(one), codes(other), "{one}");
        }
    }

    #[test]
    fn broken_text_is_taken_as_it_is() {
        assert_eq!(codes("#[a"), codes("#[b"));
        assert!(codes("use a::b").is_empty());
        assert_eq!(codes("use a::b fn"), codes("fn"));
        assert_eq!(codes("pub("), codes("("));
        assert_eq!(codes("([)]").len(), 4);
    }

    #[test]
    fn tokens_stand_where_they_were_read() {
        let text = "let 变量 = 1;";
        let found: Vec<&str> =
            tokens(text, usize::MAX).0.iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(found, ["let", "变量", "=", "1"]);
    }

    #[test]
    fn more_than_the_limit_is_told() {
        assert!(!tokens("a b c", 3).2);
        let (kept, lexemes, more) = tokens("a b c d", 3);
        assert_eq!((kept.len(), lexemes, more), (3, 3, true));
        let (kept, _, more) = tokens(&("a".to_owned() + &" é".repeat(MOST_BYTES / 2) + "b"), usize::MAX);
        assert!(more && kept.len() > 1000);
        assert_eq!(beginning("é", 1), "");
    }

    #[test]
    fn no_two_names_have_one_code() {
        let names: BTreeSet<&str> = names::all().collect();
        let codes: BTreeSet<u32> = names.iter().map(|name| named(name)).collect();
        assert_eq!(codes.len(), names.len());
    }
}
