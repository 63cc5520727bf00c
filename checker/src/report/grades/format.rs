//! The formats, by name.

use std::fmt;
use std::str::FromStr;

use super::error::FormatError;

/// A shape that grades can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    JsonLines,
    Table,
    Csv,
    Junit,
    Gradescope,
    Exercism,
    PrairieLearn,
    Classroom50,
    GithubAnnotations,
    GithubSummary,
    Moodle,
    Canvas,
    Feedback,
}

/// How many files a format makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    OneFile,
    FilePerStudent,
    FilePerExercise,
}

impl Format {
    pub const ALL: [Format; 13] = [
        Format::JsonLines,
        Format::Table,
        Format::Csv,
        Format::Junit,
        Format::Gradescope,
        Format::Exercism,
        Format::PrairieLearn,
        Format::Classroom50,
        Format::GithubAnnotations,
        Format::GithubSummary,
        Format::Moodle,
        Format::Canvas,
        Format::Feedback,
    ];

    /// As one types it.
    pub fn name(self) -> &'static str {
        match self {
            Format::JsonLines => "jsonl",
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Junit => "junit",
            Format::Gradescope => "gradescope",
            Format::Exercism => "exercism",
            Format::PrairieLearn => "prairielearn",
            Format::Classroom50 => "classroom50",
            Format::GithubAnnotations => "github-annotations",
            Format::GithubSummary => "github-summary",
            Format::Moodle => "moodle",
            Format::Canvas => "canvas",
            Format::Feedback => "feedback",
        }
    }

    /// A line of help.
    pub fn about(self) -> &'static str {
        match self {
            Format::JsonLines => "the records themselves, a line for each student",
            Format::Table => "a table for the terminal",
            Format::Csv => "a row for each student, a column for each exercise",
            Format::Junit => "JUnit XML, a suite for each student's exercise",
            Format::Gradescope => "Gradescope's results.json for each student",
            Format::Exercism => "Exercism's results.json, version 3, for each student's exercise",
            Format::PrairieLearn => "PrairieLearn's results.json for each student",
            Format::Classroom50 => "classroom50/result/v1 for each student",
            Format::GithubAnnotations => "workflow commands for the log of a GitHub action",
            Format::GithubSummary => "Markdown for $GITHUB_STEP_SUMMARY",
            Format::Moodle => "Moodle's grading worksheet, filled in",
            Format::Canvas => "CSV for Canvas's gradebook, or the exported one filled in",
            Format::Feedback => "a Markdown file for each student to read",
        }
    }

    pub fn shape(self) -> Shape {
        match self {
            Format::Gradescope | Format::PrairieLearn | Format::Classroom50 | Format::Feedback => {
                Shape::FilePerStudent
            }
            Format::Exercism => Shape::FilePerExercise,
            _ => Shape::OneFile,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(name: &str) -> Result<Self, FormatError> {
        let found = Format::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| {
            let known: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
            let name = super::clean::line(name);
            FormatError::asked(format!("there is no format `{name}`"), format!("known: {}", known.join(", ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
            assert!(!format.about().is_empty());
        }
        let error = "xml".parse::<Format>().unwrap_err().to_string();
        assert!(error.starts_with("there is no format `xml`; known: jsonl, table, csv"), "{error}");
    }
}
