//! Strings with `${…}` in them, parsed once when the course is read.

use serde::{Deserialize, Serialize};

use super::step::Channel;

/// A parsed string: pieces that are joined, as bytes, when the scenario runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Template(pub Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    Literal(String),
    /// `${a}`, `${addr}`, `${dir}`: a variable or an address or the folder.
    Name(String),
    /// `${a.len}`.
    Len(String),
    /// `${ann.addr}`.
    Addr(String),
    /// `${addr.port}`.
    Port(String),
    /// `${conn.pid}`: part and named group.
    Group(String, String),
    /// `${p.stdout.line}`.
    LineNumber(String, Channel),
    /// `${n}`.
    Round,
}

/// Why a string is not a template: byte offset in the string, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTemplate {
    pub at: usize,
    pub message: String,
}

impl Template {
    /// A template without variables.
    pub fn literal(text: &str) -> Self {
        Template(vec![Piece::Literal(text.to_owned())])
    }

    /// The variables and addresses that stand in it.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Name(name) => Some(name),
            _ => None,
        })
    }

    /// Parses `text`; `$${` stands for `${`.
    pub fn parse(text: &str) -> Result<Self, BadTemplate> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            let offset = text.len() - rest.len() + at;
            if rest[..at].ends_with('$') {
                literal.push_str(&rest[..at - 1]);
                literal.push_str("${");
                rest = &rest[at + 2..];
                continue;
            }
            literal.push_str(&rest[..at]);
            let inner = &rest[at + 2..];
            let Some(end) = inner.find('}') else {
                return Err(BadTemplate {
                    at: offset,
                    message: "`${` is never closed; write `$${` for the characters themselves".into(),
                });
            };
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            pieces.push(Self::piece(&inner[..end]).map_err(|message| BadTemplate { at: offset, message })?);
            rest = &inner[end + 1..];
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        Ok(Template(pieces))
    }

    fn piece(inner: &str) -> Result<Piece, String> {
        let word = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let parts: Vec<&str> = inner.split('.').collect();
        if !parts.iter().all(|part| word(part)) {
            let shown = inner.escape_debug();
            return Err(format!("`${{{shown}}}` is not a variable: names have letters, digits and `_`"));
        }
        Ok(match parts[..] {
            ["n"] => Piece::Round,
            [name] => Piece::Name(name.into()),
            [name, "len"] => Piece::Len(name.into()),
            [part, "addr"] => Piece::Addr(part.into()),
            [addr, "port"] => Piece::Port(addr.into()),
            [part, group] => Piece::Group(part.into(), group.into()),
            [part, "stdout", "line"] => Piece::LineNumber(part.into(), Channel::Stdout),
            [part, "stderr", "line"] => Piece::LineNumber(part.into(), Channel::Stderr),
            _ => return Err(format!("`${{{inner}}}` is not a variable: too many dots")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_told_apart() {
        let parsed =
            Template::parse("#${s.stdout.line} from ${p.addr}: ${a.len} $${x} ${n}${c.pid}${dir}").unwrap();
        assert_eq!(
            parsed.0,
            [
                Piece::Literal("#".into()),
                Piece::LineNumber("s".into(), Channel::Stdout),
                Piece::Literal(" from ".into()),
                Piece::Addr("p".into()),
                Piece::Literal(": ".into()),
                Piece::Len("a".into()),
                Piece::Literal(" ${x} ".into()),
                Piece::Round,
                Piece::Group("c".into(), "pid".into()),
                Piece::Name("dir".into()),
            ]
        );
    }

    #[test]
    fn faults_have_a_place() {
        assert_eq!(Template::parse("ab${cd").unwrap_err().at, 2);
        assert_eq!(Template::parse("${a b}").unwrap_err().at, 0);
        assert_eq!(Template::parse("x${a.b.c.d}").unwrap_err().at, 1);
    }
}
