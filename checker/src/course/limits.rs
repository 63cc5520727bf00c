//! What a program may use up, and how long it may take.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::fields::Fields;

/// The limits of every run of a course: the table `[limits]` of its `course.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How long each wait of a scenario may last, in seconds: 1 to 600.
    pub deadline_s: u32,
    /// How long the compiler may take for one exercise, in seconds: 1 to 3600.
    pub compile_s: u32,
    /// Memory of a program and all its processes, in MiB: 16 to 65536.
    pub memory_mib: u32,
    /// Room for a scenario's files, in MiB: 1 to 65536.
    pub files_mib: u32,
    /// Processes and threads of a scenario: 8 to 32768.
    pub processes: u32,
    /// What a program may print, in KiB: 1 to 1048576.
    pub output_kib: u32,
    /// Processor time of a program, in seconds: 1 to 3600.
    pub cpu_s: u32,
    /// Files and sockets that a process may hold open: 16 to 65536.
    pub open_files: u32,
}

pub(super) const DEADLINE_S: RangeInclusive<u32> = 1..=600;
pub(super) const FILES_MIB: RangeInclusive<u32> = 1..=65_536;
const COMPILE_S: RangeInclusive<u32> = 1..=3600;
const MEMORY_MIB: RangeInclusive<u32> = 16..=65_536;
const PROCESSES: RangeInclusive<u32> = 8..=32_768;
const OUTPUT_KIB: RangeInclusive<u32> = 1..=1_048_576;
const CPU_S: RangeInclusive<u32> = 1..=3600;
pub(super) const OPEN_FILES: RangeInclusive<u32> = 16..=65_536;

const KEYS: [&str; 8] =
    ["deadline_s", "compile_s", "memory_mib", "files_mib", "processes", "output_kib", "cpu_s", "open_files"];

impl Default for Limits {
    fn default() -> Self {
        Limits {
            deadline_s: 5,
            compile_s: 60,
            memory_mib: 512,
            files_mib: 64,
            processes: 256,
            output_kib: 16_384,
            cpu_s: 60,
            open_files: 1024,
        }
    }
}

impl Limits {
    /// The defaults, overridden by what the table says.
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        fields.only(&KEYS);
        let usual = Limits::default();
        let read =
            |key: &str, range, usual| fields.get(key).and_then(|field| field.whole(range)).unwrap_or(usual);
        Limits {
            deadline_s: read("deadline_s", DEADLINE_S, usual.deadline_s),
            compile_s: read("compile_s", COMPILE_S, usual.compile_s),
            memory_mib: read("memory_mib", MEMORY_MIB, usual.memory_mib),
            files_mib: read("files_mib", FILES_MIB, usual.files_mib),
            processes: read("processes", PROCESSES, usual.processes),
            output_kib: read("output_kib", OUTPUT_KIB, usual.output_kib),
            cpu_s: read("cpu_s", CPU_S, usual.cpu_s),
            open_files: read("open_files", OPEN_FILES, usual.open_files),
        }
    }
}
