//! A fault of a course, with its place, laid out as the Rust compiler lays out its own.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// Columns that a tab takes in a shown line.
const TAB: &str = "    ";

/// Where in a file a fault is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// From 1.
    pub line: u32,
    /// From 1, in characters (not bytes, not columns of the screen).
    pub column: u32,
    /// The whole line, without its end.
    pub text: String,
    /// How many characters of the line are at fault, at least 1.
    pub length: u32,
}

/// One fault of a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Relative to the course's root: `exercises/04_multi_client/exercise.toml`.
    pub file: PathBuf,
    /// None where the file as a whole is at fault, such as a missing one.
    pub place: Option<Place>,
    /// What is wrong: one sentence, lower case, without a full stop.
    pub message: String,
    /// What to do about it.
    pub cure: Option<String>,
}

/// Every fault found, sorted by file and place. Never empty where it is an error.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Problems(pub Vec<Problem>);

impl Problem {
    /// A fault of a whole file, `file` being relative to the course's root.
    pub fn of_file(file: impl Into<PathBuf>, message: impl Into<String>, cure: impl Into<String>) -> Self {
        Problem { file: file.into(), place: None, message: message.into(), cure: Some(cure.into()) }
    }

    /// Line from 1, 0 where the whole file is at fault.
    pub fn line(&self) -> u32 {
        self.place.as_ref().map_or(0, |place| place.line)
    }

    /// Column from 1, 0 where the whole file is at fault.
    pub fn column(&self) -> u32 {
        self.place.as_ref().map_or(0, |place| place.column)
    }
}

impl Problems {
    /// Sorts `problems` by file, line and column; the same fault is told once.
    pub fn sorted(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(|a, b| {
            (&a.file, a.line(), a.column(), &a.message).cmp(&(&b.file, b.line(), b.column(), &b.message))
        });
        problems.dedup();
        Problems(problems)
    }

    /// `Ok(value)` where nothing was found.
    pub(super) fn or<T>(self, value: T) -> Result<T, Problems> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", shown(&self.message))?;
        let file = self.file.display();
        let Some(place) = &self.place else {
            write!(f, "  --> {file}")?;
            return match &self.cure {
                Some(cure) => write!(f, "\n   = {}", shown(cure)),
                None => Ok(()),
            };
        };
        let number = place.line.to_string();
        let gutter = " ".repeat(number.len());
        writeln!(f, "{gutter}--> {file}:{}:{}", place.line, place.column)?;
        writeln!(f, "{gutter} |")?;
        writeln!(f, "{number} | {}", shown(&place.text))?;
        write!(f, "{gutter} | {}", place.underline())?;
        match &self.cure {
            Some(cure) => write!(f, " {}", shown(cure)),
            None => Ok(()),
        }
    }
}

impl Place {
    /// Blanks up to the fault and carets below it, measured in columns of the screen.
    fn underline(&self) -> String {
        let before: String = self.text.chars().take(self.column as usize - 1).collect();
        let at: String =
            self.text.chars().skip(self.column as usize - 1).take(self.length as usize).collect();
        let blanks = " ".repeat(shown(&before).width());
        blanks + &"^".repeat(shown(&at).width().max(1))
    }
}

/// `text` as it may stand on a screen: tabs as blanks, what steers the screen or hides made visible.
fn shown(text: &str) -> String {
    let steers = |c: char| {
        let hides = matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}');
        c.is_control() || hides || ('\u{2060}'..='\u{206f}').contains(&c)
    };
    text.replace('\t', TAB).replace(steers, "\u{fffd}")
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str, column: u32, length: u32) -> Problem {
        let place = Place { line: 31, column, text: text.into(), length };
        let message = "unknown key `exspect` in a step".into();
        let cure = Some("did you mean `expect`?".into());
        Problem { file: "exercises/04_multi_client/exercise.toml".into(), place: Some(place), message, cure }
    }

    #[test]
    fn a_fault_is_shown_below_its_line() {
        insta::assert_snapshot!(problem("  { exspect = \"ann\", line = \"x\" },", 5, 7), @r#"
        error: unknown key `exspect` in a step
          --> exercises/04_multi_client/exercise.toml:31:5
           |
        31 |   { exspect = "ann", line = "x" },
           |     ^^^^^^^ did you mean `expect`?
        "#);
    }

    #[test]
    fn wide_characters_and_tabs_do_not_shift_the_caret() {
        insta::assert_snapshot!(problem("\t{ why = \"学习\", exspect = \"ann\" },", 16, 7), @r#"
        error: unknown key `exspect` in a step
          --> exercises/04_multi_client/exercise.toml:31:16
           |
        31 |     { why = "学习", exspect = "ann" },
           |                     ^^^^^^^ did you mean `expect`?
        "#);
    }

    #[test]
    fn a_whole_file_has_no_place() {
        let missing = Problem::of_file("exercises/04_x/README.md", "there is no such file", "write it");
        insta::assert_snapshot!(Problems(vec![missing.clone(), missing]), @r"
        error: there is no such file
          --> exercises/04_x/README.md
           = write it

        error: there is no such file
          --> exercises/04_x/README.md
           = write it
        ");
    }

    #[test]
    fn a_fault_at_the_end_of_a_line_and_of_control_characters_is_harmless() {
        let shown = problem("a = \u{1b}[31m", 99, 1).to_string();
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
        assert!(shown.ends_with("^ did you mean `expect`?"), "{shown}");
    }
}
