//! Templates: any string is read or refused, and what is read can be written again.

use checker::scenario::step::Channel;
use checker::scenario::template::{Piece, Template};
use proptest::prelude::*;

use crate::kept;
use crate::tried::holds;

fn word() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9_]{1,6}".prop_filter("another meaning", |word| {
        !["n", "len", "addr", "port", "stdout", "stderr"].contains(&word.as_str())
    })
}

fn piece() -> impl Strategy<Value = Piece> {
    let literal = prop_oneof!["[a-z${}. ]{1,8}", "\\PC{1,4}", Just("${".to_owned()), Just("$".to_owned())];
    prop_oneof![
        3 => literal.prop_map(Piece::Literal),
        1 => word().prop_map(Piece::Name),
        1 => word().prop_map(Piece::Len),
        1 => word().prop_map(Piece::Addr),
        1 => word().prop_map(Piece::Port),
        1 => (word(), word()).prop_map(|(part, group)| Piece::Group(part, group)),
        1 => word().prop_map(|part| Piece::LineNumber(part, Channel::Stdout)),
        1 => word().prop_map(|part| Piece::LineNumber(part, Channel::Stderr)),
        1 => Just(Piece::Round),
    ]
}

fn written(piece: &Piece) -> String {
    match piece {
        Piece::Literal(text) => text.replace("${", "$${"),
        Piece::Name(name) => format!("${{{name}}}"),
        Piece::Len(name) => format!("${{{name}.len}}"),
        Piece::Addr(name) => format!("${{{name}.addr}}"),
        Piece::Port(name) => format!("${{{name}.port}}"),
        Piece::Group(part, group) => format!("${{{part}.{group}}}"),
        Piece::LineNumber(part, channel) => format!("${{{part}.{}.line}}", channel.name()),
        Piece::Round => "${n}".into(),
    }
}

/// Literals side by side are one; and before a variable no literal can end in `$`, for `$${` is an escape.
fn writable(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (joined.last_mut(), piece) {
            (Some(Piece::Literal(before)), Piece::Literal(text)) => before.push_str(&text),
            (Some(Piece::Literal(before)), piece) => {
                if before.ends_with('$') {
                    before.push(' ');
                }
                joined.push(piece);
            }
            (_, piece) => joined.push(piece),
        }
    }
    joined
}

#[test]
fn what_is_written_is_read_again() {
    let input = prop::collection::vec(piece(), 0..8).prop_map(writable);
    holds("what_is_written_is_read_again", kept!("template-written"), 6000, input, |pieces| {
        let text: String = pieces.iter().map(written).collect();
        assert_eq!(Template::parse(&text).map(|template| template.0), Ok(pieces), "{text:?}");
    });
}

#[test]
fn any_string_is_read_or_refused_with_a_place() {
    let alphabet = prop::sample::select(&["$", "{", "}", "${", "$${", "a", ".", "n", "len", "学", "\n"][..]);
    let input = prop_oneof![
        prop::collection::vec(alphabet, 0..16).prop_map(|parts| parts.concat()),
        any::<String>(),
        "\\PC*",
    ];
    let name = "any_string_is_read_or_refused_with_a_place";
    holds(name, kept!("template-any"), 10_000, input, |text| match Template::parse(&text) {
        Err(bad) => assert!(text.is_char_boundary(bad.at) && text[bad.at..].starts_with("${"), "{bad:?}"),
        Ok(template) => {
            let literal = |piece: &Piece| matches!(piece, Piece::Literal(_));
            assert!(!template.0.contains(&Piece::Literal(String::new())));
            assert!(!template.0.windows(2).any(|pair| literal(&pair[0]) && literal(&pair[1])));
            let again: String = template.0.iter().map(written).collect();
            assert_eq!(Template::parse(&again), Ok(template), "{again:?}");
        }
    });
}
