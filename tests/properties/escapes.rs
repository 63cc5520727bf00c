//! Bytes as text: harmless, without a doubt about what they were, and never too wide.

use checker::verdict::explain::literal::{glyphs, harmless, quoted, quoted_within, without_cut_end};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::hostile::{assert_harmless, bytes};
use crate::kept;
use crate::tried::holds;

/// The bytes that a literal stands for.
fn read_back(literal: &str) -> Option<Vec<u8>> {
    let mut rest = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = Vec::new();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            assert_ne!(c, '"', "a bare quotation mark in {literal}");
            out.extend(c.to_string().bytes());
            continue;
        }
        let sign = rest.chars().next()?;
        rest = &rest[1..];
        match sign {
            'n' => out.push(b'\n'),
            'r' => out.push(b'\r'),
            't' => out.push(b'\t'),
            '0' => out.push(0),
            '"' | '\\' => out.push(sign as u8),
            'x' => {
                out.push(u8::from_str_radix(&rest[..2], 16).ok()?);
                rest = &rest[2..];
            }
            'u' => {
                let (digits, behind) = rest.strip_prefix('{')?.split_once('}')?;
                let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
                out.extend(c.to_string().bytes());
                rest = behind;
            }
            _ => return None,
        }
    }
    Some(out)
}

#[test]
fn a_literal_is_harmless_and_can_be_read_back() {
    let name = "a_literal_is_harmless_and_can_be_read_back";
    holds(name, kept!("literal"), 6000, bytes(10), |bytes| {
        let literal = quoted(&bytes);
        assert_harmless([literal.as_str()]);
        assert_eq!(read_back(&literal), Some(bytes), "{literal}");
    });
}

#[test]
fn a_cut_literal_is_never_too_wide() {
    let input = (bytes(6), prop_oneof![Just(0), 0..4u64, any::<u64>()], 0..140usize);
    holds("a_cut_literal_is_never_too_wide", kept!("literal-cut"), 8000, input, |(head, rest, columns)| {
        let len = (head.len() as u64).saturating_add(rest);
        let cut = quoted_within(&head, len, columns);
        assert_harmless([cut.as_str()]);
        // Two quotation marks and the sign of a cut are the least.
        assert!(cut.width() <= columns.max(3), "{} columns of {columns}: {cut}", cut.width());
        let whole = quoted(&head);
        if cut != whole {
            let kept = cut.strip_suffix("…\"").unwrap_or_else(|| panic!("{cut} does not say that it is cut"));
            assert!(whole.starts_with(kept), "{cut} is no beginning of {whole}");
            let all: usize = glyphs(&head).iter().map(|glyph| glyph.width).sum();
            assert!(rest > 0 || all + 2 > columns, "{cut} was cut without need");
        } else {
            assert_eq!(rest, 0, "{cut} does not say that more came");
        }
    });
}

#[test]
fn a_line_of_a_program_is_harmless() {
    holds("a_line_of_a_program_is_harmless", kept!("harmless"), 6000, bytes(10), |bytes| {
        let text = harmless(&bytes);
        assert_harmless([text.as_str()]);
        let plain = bytes.iter().all(|byte| (b' '..=b'~').contains(byte));
        assert!(!plain || text.as_bytes() == bytes);
    });
}

#[test]
fn only_the_beginning_of_a_character_is_cut_off() {
    let input = (crate::hostile::text(4), any::<prop::sample::Index>(), bytes(3));
    holds(
        "only_the_beginning_of_a_character_is_cut_off",
        kept!("cut-end"),
        4000,
        input,
        |(text, at, any)| {
            let cut = without_cut_end(&any);
            assert!(any.starts_with(cut) && any.len() - cut.len() < 4);
            let at = at.index(text.len() + 1);
            let whole = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap();
            assert_eq!(without_cut_end(&text.as_bytes()[..at]), &text.as_bytes()[..whole]);
        },
    );
}
