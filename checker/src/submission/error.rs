//! What the instructor, or the machine, has to mend. Never a submission's fault.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// A mistake in what was named on the command line; nothing has run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeError {
    /// The file or the option at fault, as it was named: `roster.csv`, `--pattern`.
    pub file: String,
    /// Line and column, each from 1, the column in characters; None where the whole of it is at fault.
    pub place: Option<(u64, u64)>,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// What to do about it.
    pub cure: String,
}

impl IntakeError {
    pub(super) fn whole(
        file: impl Into<String>,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        IntakeError { file: file.into(), place: None, message: message.into(), cure: cure.into() }
    }

    pub(super) fn at(mut self, line: u64, column: u64) -> Self {
        self.place = Some((line, column));
        self
    }
}

impl fmt::Display for IntakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}; {}", self.message, self.cure)
    }
}

impl std::error::Error for IntakeError {}

/// The sources could not be written where they were to go: the machine's trouble, not the student's.
#[derive(Debug)]
pub struct TakeError {
    /// What could not be written.
    pub path: PathBuf,
    pub error: io::Error,
}

impl fmt::Display for TakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot write {}: {}; see that the folder is empty and there is space",
            self.path.display(),
            self.error
        )
    }
}

impl std::error::Error for TakeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}
