//! Which of the known names somebody may have meant.

use strsim::damerau_levenshtein;

/// Characters of a list of known names.
const LONGEST: usize = 240;

/// Longest name that is compared with others, in bytes: comparing two takes room for their product.
const COMPARED: usize = 100;
/// So many known names are looked at.
const MOST: usize = 200;

/// Edits that still count as a slip of the finger, for a name of this many characters.
fn tolerance(name: &str) -> usize {
    match name.chars().count() {
        0..=3 => 1,
        4..=6 => 2,
        length => 3.max(length / 4),
    }
}

/// The known name nearest to `name`, if one is near.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > COMPARED {
        return None;
    }
    let lower = name.to_lowercase();
    known
        .into_iter()
        .take(MOST)
        .filter(|candidate| candidate.len() <= COMPARED)
        .map(|candidate| (damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(edits, candidate)| *edits <= tolerance(&lower) && *edits < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

/// ``did you mean `expect`?``, or else the list of all that would do.
pub(super) fn meant<'a>(name: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(candidate) = nearest(name, known.clone()) {
        return Some(format!("did you mean {}?", quoted(candidate)));
    }
    let mut all = list(known.into_iter().take(MOST));
    if let Some((end, _)) = all.char_indices().nth(LONGEST) {
        all.truncate(all[..end].rfind(", ").unwrap_or(end));
        all.push_str(", …");
    }
    (!all.is_empty()).then(|| format!("known: {all}"))
}

/// `` `a`, `b`, `c` ``.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// A name in backquotes; control characters are spelled out.
pub(super) fn quoted(name: &str) -> String {
    let plain = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    format!("`{}`", name.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_a_stranger_is_not() {
        let known = ["expect", "expect_exit", "send", "to"];
        assert_eq!(nearest("exspect", known), Some("expect"));
        assert_eq!(nearest("Send", known), Some("send"));
        assert_eq!(nearest("expct_exit", known), Some("expect_exit"));
        assert_eq!(nearest("frobnicate", known), None);
        assert_eq!(nearest("xy", known), None);
        assert_eq!(meant("frobnicate", ["a", "b"]).unwrap(), "known: `a`, `b`");
        let long = meant("frobnicate", std::iter::repeat_n("expect", 90)).unwrap();
        assert!(long.ends_with("`expect`, …") && long.len() < 260, "{long}");
    }

    #[test]
    fn control_characters_are_spelled_out() {
        assert_eq!(quoted("a\u{1b}学"), "`a\\u{1b}学`");
    }
}
