//! Does what came begin with what was wanted? Pure functions over bytes.

use std::str::from_utf8;

use regex_lite::Regex;

/// How far a wish is met by the bytes that have come so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// Met by the first so many bytes.
    Met(usize),
    /// Nothing is wrong so far, but it is not all.
    More,
    /// Can't be met any more: the first wrong byte is at this offset.
    Differs(usize),
}

/// Exactly `want`, next.
pub fn bytes(want: &[u8], got: &[u8]) -> Match {
    let both = want.len().min(got.len());
    // A long text is compared again whenever a piece of it comes: nearly always it is equal so far.
    let same = if want[..both] == got[..both] {
        both
    } else {
        want.iter().zip(got).take_while(|(a, b)| a == b).count()
    };
    if same == want.len() {
        Match::Met(same)
    } else if same == got.len() {
        Match::More
    } else {
        Match::Differs(same)
    }
}

/// Each of `wants` (with its `\n`) once, in any order.
pub fn lines(wants: &[Vec<u8>], got: &[u8]) -> Match {
    let (missing, at) = lines_missing(wants, got);
    if missing.is_empty() {
        return Match::Met(at);
    }
    let rest = &got[at..];
    if rest.contains(&b'\n') || !missing.iter().any(|want| want.starts_with(rest)) {
        return Match::Differs(at);
    }
    Match::More
}

/// Which of `wants` have not come, and how many bytes the others took.
pub fn lines_missing<'a>(wants: &'a [Vec<u8>], got: &[u8]) -> (Vec<&'a Vec<u8>>, usize) {
    let mut missing: Vec<&Vec<u8>> = wants.iter().collect();
    let mut at = 0;
    while let Some(end) = got[at..].iter().position(|&b| b == b'\n') {
        let line = &got[at..=at + end];
        let Some(found) = missing.iter().position(|want| *want == line) else { break };
        missing.remove(found);
        at += end + 1;
        if missing.is_empty() {
            break;
        }
    }
    (missing, at)
}

/// One line of text, without its `\n` matched whole by `pattern` (which must be anchored).
pub fn pattern(pattern: &Regex, got: &[u8]) -> Match {
    match got.iter().position(|&b| b == b'\n') {
        None => Match::More,
        Some(end) if from_utf8(&got[..end]).is_ok_and(|line| pattern.is_match(line)) => Match::Met(end + 1),
        Some(_) => Match::Differs(0),
    }
}

/// An expression that matches a line only as a whole. Each runner makes its own for a line or two: an engine that is
/// ready in a fifth of the time is the faster one.
pub fn anchored(pattern: &str) -> Result<Regex, regex_lite::Error> {
    Regex::new(&format!("^(?:{pattern})$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_met_wait_or_differ() {
        let cases: [(&[u8], &[u8], Match); 7] = [
            (b"", b"", Match::Met(0)),
            (b"", b"x", Match::Met(0)),
            (b"ab", b"", Match::More),
            (b"ab", b"a", Match::More),
            (b"ab", b"ab", Match::Met(2)),
            (b"ab", b"abc", Match::Met(2)),
            (b"ab\n", b"ab\r\n", Match::Differs(2)),
        ];
        for (want, got, expected) in cases {
            assert_eq!(bytes(want, got), expected, "{want:?} {got:?}");
        }
    }

    #[test]
    fn lines_come_in_any_order_but_each_once() {
        let wants = [b"a 0\n".to_vec(), b"b 0\n".to_vec()];
        let cases: [(&[u8], Match); 8] = [
            (b"", Match::More),
            (b"b", Match::More),
            (b"b 0\n", Match::More),
            (b"b 0\na 0\n", Match::Met(8)),
            (b"a 0\nb 0\nc", Match::Met(8)),
            (b"a 0\na 0\n", Match::Differs(4)),
            (b"a 0\na", Match::Differs(4)),
            (b"c", Match::Differs(0)),
        ];
        for (got, expected) in cases {
            assert_eq!(lines(&wants, got), expected, "{got:?}");
        }
    }

    #[test]
    fn a_pattern_takes_the_whole_line() {
        let digits = anchored("main (?<pid>[0-9]+)|x").unwrap();
        assert_eq!(pattern(&digits, b"main 12"), Match::More);
        assert_eq!(pattern(&digits, b"main 12\nmain 0\n"), Match::Met(8));
        assert_eq!(pattern(&digits, b"main 12 \n"), Match::Differs(0));
        assert_eq!(pattern(&digits, b"xx\n"), Match::Differs(0));
    }
}
