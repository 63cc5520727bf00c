//! An instructor's mistake, with its place and its cure.

use std::error::Error;
use std::fmt;
use std::path::Path;

/// Why a format can't be made, or records can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    /// `worksheet.csv`, `grades.jsonl:17`; None where no file is at fault.
    pub place: Option<String>,
    /// What is wrong: lower case, without a full stop.
    pub what: String,
    /// What to do about it.
    pub cure: String,
}

impl FormatError {
    /// A fault of what was asked for.
    pub fn asked(what: impl Into<String>, cure: impl Into<String>) -> Self {
        FormatError { place: None, what: what.into(), cure: cure.into() }
    }

    /// A fault of `file`, in `line` (from 1) where one is to blame.
    pub fn file(file: &Path, line: Option<u64>, what: impl Into<String>, cure: impl Into<String>) -> Self {
        let line = line.map_or_else(String::new, |line| format!(":{line}"));
        let place = Some(format!("{}{line}", file.display()));
        FormatError { place, what: what.into(), cure: cure.into() }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}; {}", self.what, self.cure)
    }
}

impl Error for FormatError {}
