//! One submission, graded: a line of `grades.jsonl`, and everything that a report is made from.

use serde::{Deserialize, Serialize};

/// The format's name: its number is raised when a field changes its meaning or goes away.
pub const SCHEMA: &str = "checker-grade/1";

/// The message of an exercise that was not graded on purpose.
pub const LEFT_OUT: &str = "it was left out by --only";

/// What is known of one submission after it was graded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Always [`SCHEMA`].
    pub schema: String,
    pub student: Student,
    /// Where it was found, as the instructor named it, with `!` between an archive and what is in it.
    pub source: String,
    /// By the submission's own time, seconds since 1970 (UTC); None where nothing tells it.
    pub submitted_at: Option<i64>,
    /// Begun days after the deadline; 0 in time.
    pub days_late: u32,
    /// SHA-256, hex, of everything that was taken from the submission.
    pub digest: String,
    /// Why nothing of it could be graded: an empty folder, a broken archive. The batch went on.
    pub trouble: Option<Trouble>,
    /// In the course's order; every exercise of the course, handed in or not.
    pub exercises: Vec<ExerciseGrade>,
    /// Sum over the exercises, before anything is taken off.
    pub points: f64,
    pub points_possible: f64,
    /// What the late policy takes off `points`.
    pub penalty: f64,
    /// The lowest of the isolation rungs that its exercises were compiled and run under; where none was, that of the
    /// grader.
    pub rung: u8,
    /// Seconds since 1970 (UTC).
    pub graded_at: i64,
    pub took_ms: u64,
}

/// Whose it is. `key` is unique in a batch; all of it is somebody else's text, to be escaped.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Student {
    pub key: String,
    /// As the learning platform has it (Moodle's participant number, Canvas's user id), or the roster.
    pub id: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
    /// Other columns of the roster, such as Canvas's `SIS User ID`, `SIS Login ID`, `Section`.
    pub more: std::collections::BTreeMap<String, String>,
}

/// Why a submission, or part of it, was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// A word for programs: `empty`, `wrong_layout`, `broken_archive`, `too_large`, `climbs_out`, ….
    pub kind: String,
    /// A sentence for people: what, where, how to mend it.
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExerciseStatus {
    /// Every scenario passed.
    Passed,
    /// At least one did not.
    Failed,
    DidNotCompile,
    /// Not handed in.
    Missing,
    /// Handed in, and it can't be taken: two places that could be it, a link, a file too large. A person has to look.
    NotTaken,
    /// Our own or the machine's trouble: no zero; taken up again by the next run.
    NotGraded,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExerciseGrade {
    /// `01_udp_send`
    pub name: String,
    pub title: String,
    pub status: ExerciseStatus,
    pub points: u32,
    pub points_possible: u32,
    /// SHA-256, hex, of its sources, its checks and the compiler: an equal one is not graded again.
    pub digest: String,
    /// Why it did not compile (the compiler's words), was not graded, or not taken; harmless text, cut to size.
    pub message: Option<String>,
    /// In the exercise's order; empty where nothing ran.
    pub scenarios: Vec<ScenarioGrade>,
    pub build_ms: u64,
    pub drive_ms: u64,
    /// The isolation rung that it was compiled and run under; None where it was not, and in records of old.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<u8>,
}

impl Record {
    /// The exercise `name` as it is on record.
    pub fn exercise(&self, name: &str) -> Option<ExerciseGrade> {
        let own = self.exercises.iter().find(|one| one.name == name)?;
        // A record of old has one rung for all that was run.
        let was_run = own.status == ExerciseStatus::DidNotCompile || !own.scenarios.is_empty();
        Some(ExerciseGrade { rung: own.rung.or_else(|| was_run.then_some(self.rung)), ..own.clone() })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScenarioStatus {
    Passed,
    Failed,
    /// It would say nothing: the one that it comes after did not pass.
    Skipped,
    NotGraded,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScenarioGrade {
    /// From 1, as `--only` takes it.
    pub number: usize,
    pub name: String,
    /// Points are told to the student, name and content are not.
    pub hidden: bool,
    pub status: ScenarioStatus,
    pub points: u32,
    pub points_possible: u32,
    /// `deadline`, `wrong_bytes`, …; only of a failed one.
    pub finding: Option<String>,
    /// One line: expected and got. Only of a failed or not graded one.
    pub summary: Option<String>,
    /// The whole failure as the terminal shows it, without colours. Only of a failed one.
    pub report: Option<String>,
    /// Passed only when it was tried again, alone.
    pub flaky: bool,
    pub took_ms: u64,
}
