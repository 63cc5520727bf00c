//! What the loop tells while it runs: the only thing that passes from there to the reports.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::verdict::outcome::{Failure, Fault, Judged};

#[derive(Debug, Clone)]
pub enum Event {
    /// The job's compilation has begun.
    Building { job: usize },
    /// It is compiled, and its scenarios begin.
    Driving { job: usize },
    /// One of its scenarios is judged.
    Judged { job: usize, judged: Box<Judged> },
    /// Nothing more will come of this job.
    Done { job: usize, result: Box<JobResult> },
}

/// What a job came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobResult {
    pub build: BuildVerdict,
    /// In the order of the exercise; without those that were not begun.
    pub scenarios: Vec<Judged>,
    /// While any of its scenarios were under way.
    pub drove_for: Duration,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum BuildVerdict {
    Built { warnings: String, took: Duration, known: bool },
    Failed(Box<Failure>),
    NotGraded(Fault),
}
