//! What a runner process is told, as JSON on its standard input.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::scenario::step::Scenario;

/// One scenario to drive.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// The exercise's name.
    pub exercise: String,
    pub scenario: Scenario,
    pub seed: u64,
    /// Programs by name, and where their binaries are.
    pub programs: Vec<(String, PathBuf)>,
}

/// Bounds on a program; the units are in the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub memory_mib: u32,
    pub processes: u32,
    pub output_kib: u32,
    pub cpu_s: u32,
}
