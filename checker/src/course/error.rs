//! Why there is no course.

use std::fmt;
use std::path::PathBuf;

use super::problem::Problems;

/// Why a course could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CourseError {
    /// No `course.toml` in this folder, nor (where it was searched for) in any above.
    NotFound {
        /// The folder in which the search began.
        start: PathBuf,
        /// Whether the folders above were searched too.
        upwards: bool,
    },
    /// `course.toml` is there, and wrong.
    Faulty(Problems),
}

impl fmt::Display for CourseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CourseError::NotFound { start, upwards } => {
                let above = if *upwards { ", nor in any folder above it" } else { "" };
                write!(
                    f,
                    "there is no course here: looked for course.toml in {}{above}\n\
                     clone the course's repository and cd into it, or name its folder with --course DIR",
                    start.display(),
                )
            }
            CourseError::Faulty(problems) => problems.fmt(f),
        }
    }
}

impl std::error::Error for CourseError {}

impl From<Problems> for CourseError {
    fn from(problems: Problems) -> Self {
        CourseError::Faulty(problems)
    }
}
