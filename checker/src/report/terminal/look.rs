//! How wide, and whether in colours.

use anstyle::{AnsiColor, Style};

/// The manner in which text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of the terminal; taken as 60 to 120.
    pub width: usize,
    /// Whether to use colours. The text is the same without.
    pub color: bool,
}

/// What a piece of text is, which decides on its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Paint {
    Heading,
    Good,
    Bad,
    Note,
    Dim,
}

impl Look {
    pub(in crate::report) fn columns(self) -> usize {
        self.width.clamp(60, 120)
    }

    pub(in crate::report) fn paint(self, paint: Paint, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let style = match paint {
            Paint::Heading => Style::new().bold(),
            Paint::Good => AnsiColor::Green.on_default(),
            Paint::Bad => AnsiColor::Red.on_default().bold(),
            Paint::Note => AnsiColor::Yellow.on_default(),
            Paint::Dim => Style::new().dimmed(),
        };
        format!("{style}{text}{style:#}")
    }
}
