//! Ways to spoil a text.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::hostile::bytes;

/// Signs and words that mean something in TOML, in a template, in a step or in a regular expression.
const WORDS: [&str; 44] = [
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "[",
    "]",
    "{",
    "}",
    "[[",
    "]]",
    "=",
    ".",
    ",",
    "#",
    "\n",
    "\r",
    "\\",
    "\\u{0}",
    "\\uD800",
    "${",
    "$${",
    "${n}",
    "${addr.port}",
    "${a.b.c.d}",
    "[[scenario]]\n",
    "[vars]\n",
    "name = 1\n",
    "title",
    "steps = []\n",
    "true",
    "nan",
    "-inf",
    "1979-05-27",
    "0x",
    "1_000",
    "1e999",
    "(?P<pid>",
    ")|(",
    "(?x) #",
    "{1,99999}",
    "\u{feff}",
    "\u{202e}",
    "学",
    "\0",
];
const NUMBERS: [&str; 9] = [
    "0",
    "-1",
    "65536",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999999999999999999",
    "0.5",
    "1e308",
];

#[derive(Debug, Clone)]
pub enum Mutation {
    Flip(Index, u8),
    Insert(Index, &'static str),
    Bytes(Index, Vec<u8>),
    Drop(Index, usize),
    DropLine(Index),
    DoubleLine(Index),
    SwapLines(Index, Index),
    SwapTokens(Index, Index),
    /// A key once more, with another value.
    Key(Index, &'static str),
    Number(Index, &'static str),
    Nest(Index, &'static str, usize),
    Unquote(Index),
    Cut(Index),
}

pub fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    use Mutation::*;
    let value = || select(&["1", "true", "[]", "{}", "''", "[[{}]]", "{ a = { b = 1 } }", "-9e9"][..]);
    let open = select(&["[", "{a=", "[[a.", "a.", "(", "${", "\"", "{ repeat = 1, steps = ["][..]);
    let mutation = prop_oneof![
        1 => any::<(Index, u8)>().prop_map(|(at, bit)| Flip(at, bit)),
        3 => (any::<Index>(), select(&WORDS[..])).prop_map(|(at, word)| Insert(at, word)),
        1 => (any::<Index>(), bytes(2)).prop_map(|(at, bytes)| Bytes(at, bytes)),
        1 => (any::<Index>(), 1..200usize).prop_map(|(at, n)| Drop(at, n)),
        1 => any::<Index>().prop_map(DropLine),
        1 => any::<Index>().prop_map(DoubleLine),
        1 => any::<(Index, Index)>().prop_map(|(a, b)| SwapLines(a, b)),
        3 => any::<(Index, Index)>().prop_map(|(a, b)| SwapTokens(a, b)),
        2 => (any::<Index>(), value()).prop_map(|(at, value)| Key(at, value)),
        3 => (any::<Index>(), select(&NUMBERS[..])).prop_map(|(at, number)| Number(at, number)),
        1 => (any::<Index>(), open, 1..300usize).prop_map(|(at, open, times)| Nest(at, open, times)),
        1 => any::<Index>().prop_map(Unquote),
        1 => any::<Index>().prop_map(Cut),
    ];
    prop::collection::vec(mutation, 1..5)
}

/// Where words and numbers stand, from and to.
fn tokens(text: &[u8]) -> Vec<(usize, usize)> {
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.:".contains(byte);
    let mut tokens = Vec::new();
    let mut at = 0;
    for run in text.chunk_by(|a, b| inside(a) == inside(b)) {
        if inside(&run[0]) {
            tokens.push((at, at + run.len()));
        }
        at += run.len();
    }
    tokens
}

fn lines(text: &[u8]) -> Vec<Vec<u8>> {
    text.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// The one of `all` that the index means; None if there is none.
fn one<T: Clone>(all: &[T], index: &Index) -> Option<T> {
    (!all.is_empty()).then(|| all[index.index(all.len())].clone())
}

impl Mutation {
    pub fn apply(&self, text: Vec<u8>) -> Vec<u8> {
        self.changed(&text).unwrap_or(text)
    }

    fn changed(&self, text: &[u8]) -> Option<Vec<u8>> {
        let place = |at: &Index| at.index(text.len() + 1);
        let with = |from: usize, to: usize, new: &[u8]| Some([&text[..from], new, &text[to..]].concat());
        let all_lines = || lines(text);
        match self {
            Mutation::Flip(at, bit) => {
                let at = place(at).min(text.len().checked_sub(1)?);
                with(at, at + 1, &[text[at] ^ (1 << (bit % 8))])
            }
            Mutation::Insert(at, word) => with(place(at), place(at), word.as_bytes()),
            Mutation::Bytes(at, bytes) => with(place(at), place(at), bytes),
            Mutation::Drop(at, n) => with(place(at), (place(at) + n).min(text.len()), b""),
            Mutation::DropLine(at) => {
                let mut lines = all_lines();
                (!lines.is_empty()).then(|| lines.remove(at.index(lines.len())))?;
                Some(lines.concat())
            }
            Mutation::DoubleLine(at) => {
                let line = one(&all_lines(), at)?;
                with(text.len(), text.len(), &line)
            }
            Mutation::SwapLines(a, b) => {
                let mut lines = all_lines();
                let (a, b) = (a.index(lines.len().max(1)), b.index(lines.len().max(1)));
                (!lines.is_empty()).then(|| lines.swap(a, b))?;
                Some(lines.concat())
            }
            _ => self.changed_token(text, with),
        }
    }

    fn changed_token(
        &self,
        text: &[u8],
        with: impl Fn(usize, usize, &[u8]) -> Option<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        let tokens = tokens(text);
        let places = |wanted: fn(u8) -> bool| -> Vec<usize> {
            (0..text.len()).filter(|&at| wanted(text[at])).collect()
        };
        match self {
            Mutation::SwapTokens(a, b) => {
                let (a, b) = (one(&tokens, a)?, one(&tokens, b)?);
                let (a, b) = (a.min(b), a.max(b));
                let between = text.get(a.1..b.0)?;
                with(a.0, b.1, &[&text[b.0..b.1], between, &text[a.0..a.1]].concat())
            }
            Mutation::Key(at, value) => {
                let at = one(&places(|byte| byte == b'='), at)?;
                let key = tokens.iter().rev().find(|(_, to)| *to <= at)?;
                let again = [&text[key.0..key.1], b" = ", value.as_bytes(), b", "].concat();
                with(key.0, key.0, &again)
            }
            Mutation::Number(at, number) => {
                let numeric = |token: &&(usize, usize)| text[token.0].is_ascii_digit();
                let numbers: Vec<(usize, usize)> = tokens.iter().filter(numeric).copied().collect();
                let (from, to) = one(&numbers, at)?;
                with(from, to, number.as_bytes())
            }
            Mutation::Nest(at, open, times) => {
                let at = at.index(text.len() + 1);
                with(at, at, open.repeat(*times).as_bytes())
            }
            Mutation::Unquote(at) => {
                let at = one(&places(|byte| matches!(byte, b'"' | b'\'')), at)?;
                with(at, at + 1, b"")
            }
            Mutation::Cut(at) => with(at.index(text.len() + 1), text.len(), b""),
            _ => None,
        }
    }
}
