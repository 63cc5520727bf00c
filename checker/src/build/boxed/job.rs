//! What a helper is told, and what it answers: each one line of JSON. The program's bytes follow the answer.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::build::compiler::{Recipe, Words};
use crate::build::linker::Linker;

/// What to compile in a box.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    pub task: Task,
    /// The toolchain's folder, outside.
    pub sysroot: PathBuf,
    pub linker: Option<Linker>,
    pub words: Words,
    /// Processor time of one process of the compiler, in seconds; twice that may pass on the clock.
    pub budget_s: u32,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Task {
    /// One program, and whatever comes of it is told.
    Alone(Program),
    /// Programs of one submission in one crate, as far as that succeeds.
    Together(Vec<Program>),
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Program {
    /// As it is inside.
    pub recipe: Recipe,
    /// The folder of the sources, outside.
    pub src: PathBuf,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answer {
    pub end: End,
    /// What the compiler printed, cut to some hundred KiB.
    pub said: String,
    /// Files that it read and that are not the student's, by their paths inside.
    pub outside: Vec<PathBuf>,
    /// Which programs, of several that were to be compiled together, are in the one that follows.
    pub together: Vec<usize>,
    /// How many bytes of the program follow; 0 if there is none.
    pub program: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum End {
    /// A program was made.
    Done,
    /// The compiler found errors, or failed.
    Errors,
    /// It was stopped at its limit of time.
    TooLong,
    /// It was stopped at another limit.
    TooMuch,
    /// The sources are not what may be compiled: which file, and what is wrong with it.
    NoSource { path: PathBuf, trouble: String },
    /// Nothing is known of the sources: the machine, or the checker, is at fault.
    Fault(String),
}

impl Answer {
    pub(super) fn of(end: End) -> Self {
        Answer { end, said: String::new(), outside: Vec::new(), together: Vec::new(), program: 0 }
    }
}
