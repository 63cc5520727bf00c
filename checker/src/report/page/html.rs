//! HTML as it is written, with a type to tell our words from theirs.

use std::fmt::Display;

use serde::Serialize;

use super::visible::{in_lines, on_one_line};

/// HTML that grows at its end. Markup must be a literal of this program, which its lifetime holds; whatever
/// comes at run time can only be added as text, as an attribute's value, or as data, all escaped.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// Adds our own markup as it is.
    pub fn raw(&mut self, ours: &'static str) -> &mut Self {
        self.0.push_str(ours);
        self
    }

    /// Adds text on one line.
    pub fn text(&mut self, theirs: &str) -> &mut Self {
        self.escaped(&on_one_line(theirs))
    }

    /// Adds text that keeps its lines, for `<pre>`.
    pub fn lines(&mut self, theirs: &str) -> &mut Self {
        self.escaped(&in_lines(theirs))
    }

    /// Adds a figure, or anything else that shows itself, as text.
    pub fn show(&mut self, what: impl Display) -> &mut Self {
        self.text(&what.to_string())
    }

    /// Adds ` name="value"`: goes behind a tag's name and before its `>`.
    pub fn attr(&mut self, name: &'static str, value: impl Display) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"");
        self.escaped(&on_one_line(&value.to_string())).raw("\"")
    }

    /// Adds somebody's name, which may be written from right to left, without turning what is around it.
    pub fn name(&mut self, name: &str) -> &mut Self {
        self.raw("<bdi>").text(name).raw("</bdi>")
    }

    /// Adds data that a browser neither shows nor runs: JSON without a `<`, so that nothing in it ends the element.
    ///
    /// # Panics
    /// If a key of a map is no text.
    pub fn data(&mut self, id: &'static str, data: &impl Serialize) -> &mut Self {
        let json = serde_json::to_string(data).expect("texts and figures");
        self.raw("<script type=\"application/json\"").attr("id", id).raw(">");
        self.0.push_str(&json.replace('<', "\\u003c"));
        self.raw("</script>\n")
    }

    fn escaped(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
        self
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_a_browser_is_an_entity() {
        let mut html = Html::default();
        html.text("<b a='1' c=\"2\">&amp;");
        assert_eq!(html.into_string(), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;");
    }

    #[test]
    fn nothing_in_data_ends_its_element() {
        let mut html = Html::default();
        html.data("d", &["</script><!--<script>", "\"\\"]);
        assert_eq!(
            html.into_string(),
            "<script type=\"application/json\" id=\"d\">[\"\\u003c/script>\\u003c!--\\u003cscript>\",\"\\\"\\\\\"]</script>\n"
        );
    }
}
