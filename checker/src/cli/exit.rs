//! Exit codes, decided in one place.

use std::process::ExitCode;

use crate::grade::LedgerError;

/// How the checker ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All that was asked for passed.
    Passed = 0,
    /// Something did not pass.
    NotPassed = 1,
    /// Wrong use, or a faulty course.
    Usage = 2,
    /// Our own or the machine's trouble: it says nothing about anybody's program.
    Fault = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Why a command ends early: the code, and the words for stderr.
#[derive(Debug)]
pub struct Stop {
    pub exit: Exit,
    pub message: String,
}

impl Stop {
    pub fn usage(message: impl ToString) -> Self {
        Stop { exit: Exit::Usage, message: message.to_string() }
    }

    pub fn fault(message: impl ToString) -> Self {
        Stop { exit: Exit::Fault, message: message.to_string() }
    }
}

/// Writing to a pipe that nobody reads any more ends the checker as it ends any tool: without a word.
impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Stop { exit: Exit::Passed, message: String::new() };
        }
        Stop::fault(error)
    }
}

/// What is at the folder of grades is the instructor's to mend, unless it is the disk.
impl From<LedgerError> for Stop {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Io(..) => Stop::fault(error),
            LedgerError::Busy(_) | LedgerError::Format(_) => Stop::usage(error),
        }
    }
}
