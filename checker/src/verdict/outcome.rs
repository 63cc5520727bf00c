//! What a scenario, and an exercise, came to.

use serde::{Deserialize, Serialize};

use crate::record::fact::{Fact, Limit};
use crate::record::finding::Finding;
use crate::record::observation::{Exit, Observation, StepPlace};

/// The verdict on one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    Passed,
    /// The student's program is wrong.
    Failed(Box<Failure>),
    /// It would say nothing: the scenario that it comes after, by name, did not pass.
    Skipped(String),
    /// Our own or the machine's trouble; costs the student nothing.
    NotGraded(Fault),
}

/// What the student's program did wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    pub finding: Finding,
    /// None where nothing ran.
    pub step: Option<StepPlace>,
    /// How long the step waited, in milliseconds.
    pub waited_ms: u64,
    /// It waited no longer since the programs themselves waited, for nothing that was still to come.
    pub at_rest: bool,
    pub detail: Detail,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Detail {
    /// The step's own fact.
    Fact(Fact),
    /// The program died while the step waited; `fact` is what the step saw of it.
    Crash {
        part: String,
        exit: Option<Exit>,
        panic: Option<String>,
        fact: Option<Fact>,
    },
    /// A program was stopped for going over a limit.
    Limit {
        part: String,
        which: Limit,
    },
    /// What the compiler printed, with colours if they were asked for.
    Compile {
        rendered: String,
        why: CompileTrouble,
    },
    NoSource {
        path: String,
        trouble: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CompileTrouble {
    Errors,
    /// The compiler needed more than the budget.
    TooLong,
    /// The compiler needed more memory, room or processes than it may.
    TooMuch,
}

/// Trouble that is not the student's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What went wrong, and the cure: lower case, a sentence or two.
    pub message: String,
}

/// One scenario of an exercise, judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// From 1, as `--only` takes it.
    pub number: usize,
    pub name: String,
    pub points: u32,
    pub verdict: Verdict,
    /// None where nothing ran.
    pub observation: Option<Observation>,
    /// It failed by deadline on a busy machine, and passed when it was tried again alone.
    pub flaky: bool,
    /// It was not run this time: it passed before, with the very programs that it starts now.
    #[serde(default)]
    pub known: bool,
}
