//! One JSON document for a command. Field names are stable; CONTRIBUTING.md describes them.

use serde::Serialize;
use serde_json::{Value, json};

use super::terminal::{Look, compiler_words};
use super::verification::{self, Held};
use crate::course::Exercise;
use crate::event::{BuildVerdict, JobResult};
use crate::plan::{Job, Subject};
use crate::verdict::explain::explain;
use crate::verdict::outcome::{CompileTrouble, Detail, Failure, Judged, Verdict};

/// The format's number: raised when a field changes its meaning or goes away.
const VERSION: u32 = 1;

/// One exercise of `list`.
#[derive(Debug, Clone, Serialize)]
pub struct Listed<'a> {
    pub name: &'a str,
    pub title: &'a str,
    pub done: bool,
    pub points: u32,
    pub points_possible: u32,
    /// What the last run came to, where the work or the checks have changed since: `points` is 0 then.
    pub points_before: Option<u32>,
}

pub(super) fn document(command: &str, rest: Value) -> String {
    let mut whole = json!({ "version": VERSION, "command": command });
    if let (Some(whole), Value::Object(rest)) = (whole.as_object_mut(), rest) {
        whole.extend(rest);
    }
    format!("{whole:#}\n")
}

/// `checker list`.
pub fn list(title: &str, exercises: &[Listed]) -> String {
    document("list", json!({ "title": title, "exercises": exercises }))
}

/// `checker next`, `checker run`. No runs: there is nothing left for `next`, and so no seed and no rung.
pub fn runs(command: &str, seed: Option<u64>, rung: Option<u8>, runs: &[(&Job, &JobResult)]) -> String {
    let all_done = runs.is_empty();
    let exercises: Vec<Value> = runs.iter().map(|(job, result)| run(&job.exercise, result)).collect();
    document(
        command,
        json!({ "seed": seed, "isolation": rung, "all_done": all_done, "exercises": exercises }),
    )
}

/// `checker verify`.
pub fn verify(seed: u64, rung: u8, runs: &[(&Job, &JobResult)]) -> String {
    let subjects: Vec<Value> = runs
        .iter()
        .map(|(job, result)| {
            let (held, why) = match verification::held(job, result) {
                Held::Yes => ("yes", Value::Null),
                Held::No(why) => ("no", why.into()),
                Held::Unknown(why) => ("unknown", why.into()),
            };
            let subject = match &job.subject {
                Subject::Student => json!({ "kind": "student" }),
                Subject::Submission(whose) => json!({ "kind": "submission", "name": whose }),
                Subject::Solution => json!({ "kind": "solution" }),
                Subject::Starter => json!({ "kind": "starter" }),
                Subject::Variant(name) => json!({ "kind": "variant", "name": name }),
                Subject::Mistake(mistake) => json!({
                    "kind": "mistake",
                    "file": mistake.file.file_name().unwrap_or_default().to_string_lossy(),
                    "scenario": mistake.scenario,
                    "finding": mistake.finding,
                }),
                Subject::Mutant { name, .. } => json!({ "kind": "mutant", "name": name }),
            };
            let mut whole = run(&job.exercise, result);
            whole["subject"] = subject;
            whole["held"] = held.into();
            whole["why"] = why;
            whole
        })
        .collect();
    document("verify", json!({ "seed": seed, "isolation": rung, "subjects": subjects }))
}

/// What the compiler says is told without colours, and its lines as long as they are.
const LOOK: Look = Look { width: 0, color: false };

fn run(exercise: &Exercise, result: &JobResult) -> Value {
    let scenarios: Vec<Value> = result.scenarios.iter().map(scenario).collect();
    let points: u32 = result
        .scenarios
        .iter()
        .filter(|judged| judged.verdict == Verdict::Passed)
        .map(|judged| judged.points)
        .sum();
    let (build, took_ms) = match &result.build {
        BuildVerdict::Built { warnings, took, known } => (
            json!({ "status": "built", "warnings": compiler_words(warnings, LOOK), "known": known }),
            took.as_millis(),
        ),
        BuildVerdict::Failed(failed) => {
            let rendered = match &failed.detail {
                Detail::Compile { rendered, .. } => compiler_words(rendered, LOOK),
                _ => explain(failed, None).got.join("\n"),
            };
            let mut build = json!({ "status": "failed", "finding": failed.finding, "message": rendered });
            // The compiler was stopped, and may have said nothing.
            if let Detail::Compile {
                why: why @ (CompileTrouble::TooLong | CompileTrouble::TooMuch), ..
            } = &failed.detail
            {
                build["limit"] = if *why == CompileTrouble::TooLong { "time" } else { "room" }.into();
            }
            (build, 0)
        }
        BuildVerdict::NotGraded(fault) => (json!({ "status": "not_graded", "message": fault.message }), 0),
    };
    json!({
        "name": exercise.name,
        "title": exercise.title,
        "points": points,
        "points_possible": exercise.points(),
        "build": build,
        "build_ms": u64::try_from(took_ms).unwrap_or(u64::MAX),
        "drive_ms": u64::try_from(result.drove_for.as_millis()).unwrap_or(u64::MAX),
        "scenarios": scenarios,
    })
}

fn scenario(judged: &Judged) -> Value {
    let mut whole = json!({
        "number": judged.number,
        "name": judged.name,
        "points": if judged.verdict == Verdict::Passed { judged.points } else { 0 },
        "points_possible": judged.points,
        "flaky": judged.flaky,
        "known": judged.known,
    });
    if let Some(observation) = &judged.observation {
        whole["isolation"] = observation.rung.into();
        whole["took_ms"] = (observation.took_us / 1000).into();
    }
    match &judged.verdict {
        Verdict::Passed => whole["status"] = "passed".into(),
        Verdict::Skipped(after) => {
            whole["status"] = "skipped".into();
            whole["after"] = after.as_str().into();
        }
        Verdict::NotGraded(fault) => {
            whole["status"] = "not_graded".into();
            whole["message"] = fault.message.as_str().into();
        }
        Verdict::Failed(failure) => {
            whole["status"] = "failed".into();
            whole["failure"] = failed(failure, judged);
        }
    }
    whole
}

fn failed(failure: &Failure, judged: &Judged) -> Value {
    let told = explain(failure, judged.observation.as_ref());
    json!({
        "finding": failure.finding,
        "step": failure.step.as_ref().map(|step| step.number),
        "line": failure.step.as_ref().map(|step| step.line),
        "waited_ms": failure.waited_ms,
        "at_rest": failure.at_rest,
        "why": told.why,
        "expected": told.expected,
        "got": told.got,
        "seen": told.seen,
        "advice": told.advice,
    })
}
