//! Changes of a text, collected while its tree is walked.

use std::ops::Range;

use syn::spanned::Spanned;

/// Characters of a piece of source in a name; what is longer is cut.
const LONGEST: usize = 72;

/// One change: what takes the place of which bytes, and what it is called.
#[derive(Debug)]
pub(super) struct Edit {
    pub span: Range<usize>,
    pub with: String,
    /// `` run: remove `stdout.flush()?;` ``.
    pub what: String,
}

/// The edits found so far in a text, and the function or constant that is being walked.
#[derive(Debug)]
pub(super) struct Edits<'s> {
    source: &'s str,
    within: Vec<String>,
    pub found: Vec<Edit>,
}

impl<'s> Edits<'s> {
    pub fn new(source: &'s str) -> Self {
        Edits { source, within: Vec::new(), found: Vec::new() }
    }

    /// Walks a named part of the text.
    pub fn enter(&mut self, name: impl Into<String>) {
        self.within.push(name.into());
    }

    pub fn leave(&mut self) {
        self.within.pop();
    }

    /// The source of `node`.
    pub fn text(&self, node: &impl Spanned) -> &'s str {
        &self.source[span(node)]
    }

    /// Puts `with` in the place of `node`.
    pub fn replace(&mut self, node: &impl Spanned, with: impl Into<String>) {
        let (old, with) = (self.text(node), with.into());
        self.push(span(node), format!("replace `{}` with `{}`", short(old), short(&with)), with);
    }

    pub fn remove(&mut self, node: &impl Spanned) {
        let old = self.text(node);
        self.push(span(node), format!("remove `{}`", short(old)), String::new());
    }

    /// As [`Edits::replace`], under a name of its own.
    pub fn change(&mut self, node: &impl Spanned, with: impl Into<String>, what: &str) {
        self.push(span(node), what.to_owned(), with.into());
    }

    /// Drops the end of `whole` that stands behind `kept`.
    pub fn cut_behind(&mut self, kept: &impl Spanned, whole: &impl Spanned) {
        let dropped = span(kept).end..span(whole).end;
        let what = format!("remove `{}`", short(self.source[dropped.clone()].trim_start()));
        self.push(dropped, what, String::new());
    }

    fn push(&mut self, span: Range<usize>, what: String, with: String) {
        let within = self.within.join("::");
        let what = if within.is_empty() { what } else { format!("{within}: {what}") };
        self.found.push(Edit { span, with, what });
    }
}

/// The bytes of the text in which `node` stands.
fn span(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

/// A piece of source on one line, cut where it is long.
pub(super) fn short(source: &str) -> String {
    let line = source.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
