//! What building one program came to.

use std::path::PathBuf;
use std::time::Duration;

/// The end of one build. `Err` beside it is our own or the machine's trouble.
#[derive(Debug, Clone)]
pub enum BuildOutcome {
    Built(Built),
    /// There is nothing that could be compiled: which file, and what is wrong with it.
    NoSource {
        path: PathBuf,
        trouble: String,
    },
    /// What the compiler printed.
    Errors {
        rendered: String,
    },
    /// The compiler was stopped at its budget; what it had printed.
    TooLong {
        rendered: String,
    },
    /// The compiler needed more memory, room or processes than it may; what it had printed.
    TooMuch {
        rendered: String,
    },
}

/// A binary, compiled from the sources as they are on disk.
#[derive(Debug, Clone)]
pub struct Built {
    pub binary: PathBuf,
    /// What the compiler had to say all the same, now or when the binary was made; empty if nothing.
    pub warnings: String,
    /// Known by content: nothing had to be compiled.
    pub known: bool,
    pub took: Duration,
}
