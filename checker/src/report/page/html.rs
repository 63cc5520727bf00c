//! HTML as it is written, with a type to tell our words from theirs.

use std::fmt::Display;

use super::visible::push_escaped;

/// Letters of a text on one line that are shown; a summary or a folder's name may be a book.
const LINE: usize = 1000;

/// HTML that grows at its end. Markup must be a literal of this program, which its lifetime holds; whatever
/// comes at run time can only be added as text or as an attribute's value, both escaped.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// Adds our own markup as it is.
    pub fn raw(&mut self, ours: &'static str) -> &mut Self {
        self.0.push_str(ours);
        self
    }

    /// Adds text on one line: a line end in it is written `\n`. Cut to [`LINE`] letters.
    pub fn text(&mut self, theirs: &str) -> &mut Self {
        let end = theirs.char_indices().nth(LINE).map(|(at, _)| at);
        push_escaped(&mut self.0, &theirs[..end.unwrap_or(theirs.len())], false);
        self.raw(if end.is_some() { "…" } else { "" })
    }

    /// Adds text that keeps its lines, for `<pre>`.
    pub fn lines(&mut self, theirs: &str) -> &mut Self {
        push_escaped(&mut self.0, theirs, true);
        self
    }

    /// Adds a figure, or anything else that shows itself, as text.
    pub fn show(&mut self, what: impl Display) -> &mut Self {
        self.text(&what.to_string())
    }

    /// Adds ` name="value"`: goes behind a tag's name and before its `>`.
    pub fn attr(&mut self, name: &'static str, value: impl Display) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"");
        push_escaped(&mut self.0, &value.to_string(), false);
        self.raw("\"")
    }

    /// Adds somebody's name, which may be written from right to left, without turning what is around it.
    pub fn name(&mut self, name: &str) -> &mut Self {
        self.raw("<bdi>").text(name).raw("</bdi>")
    }

    pub fn into_string(self) -> String {
        self.0
    }
}
