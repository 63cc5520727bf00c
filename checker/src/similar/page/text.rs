//! Text for HTML.

use super::super::visible::visible;

/// Any text as it stands between tags, or in a quoted attribute.
pub(super) fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in visible(raw).chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            c => out.push(c),
        }
    }
    out
}

/// A name that may be in any script, whose direction does not reach what stands beside it.
pub(super) fn name(raw: &str) -> String {
    format!("<bdi>{}</bdi>", text(raw))
}

/// Names in a row.
pub(super) fn names(raw: &[String]) -> String {
    raw.iter().map(|raw| name(raw)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_text() {
        assert_eq!(text("<a b=\"c\">'&"), "&lt;a b=&quot;c&quot;&gt;&#39;&amp;");
        assert_eq!(name("\u{202e}x"), "<bdi>⟨U+202E⟩x</bdi>");
    }
}
