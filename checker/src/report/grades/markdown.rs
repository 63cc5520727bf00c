//! Somebody else's text in Markdown.

/// `text` (one line) so that it shows as it is: every sign that Markdown, GitHub or HTML could take for its
/// own has a backslash before it.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c => {
                if c.is_ascii_punctuation() {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out
}

/// The fence for `text`: longer than any run of backticks or tildes in it.
pub(super) fn fence(text: &str) -> String {
    let (mut longest, mut run, mut before) = (0, 0, None);
    for c in text.chars() {
        run = match c {
            '`' | '~' if before == Some(c) => run + 1,
            '`' | '~' => 1,
            _ => 0,
        };
        before = Some(c);
        longest = longest.max(run);
    }
    "`".repeat(3.max(longest + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_lose_their_meaning() {
        assert_eq!(escaped("a|b*<i>"), "a\\|b\\*\\<i\\>");
        assert_eq!(escaped("https://x.org\n@ann"), "https\\:\\/\\/x\\.org \\@ann");
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        for (text, length) in
            [("", 3), ("a `` b", 3), ("```", 4), ("~~~~~", 6), ("`~`~", 3), ("x\n``````", 7)]
        {
            assert_eq!(fence(text).len(), length, "{text}");
        }
    }
}
