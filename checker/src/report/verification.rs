//! What an author, or CI, reads of a course that proves itself.

use std::fmt::Write as _;

use super::exercise;
use super::terminal::Look;
use crate::course::{Exercise, Mistake};
use crate::event::{BuildVerdict, JobResult};
use crate::plan::{Job, Subject};
use crate::verdict::outcome::{Failure, Judged, Verdict};

/// Whether a job came out as the course promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    Yes,
    /// Why not.
    No(String),
    /// Nothing was learned: our own or the machine's trouble.
    Unknown(String),
}

/// Solutions and variants pass, starters compile and fail, mistakes fail where they should, mutants
/// anywhere.
pub fn held(job: &Job, result: &JobResult) -> Held {
    if let Some(trouble) = trouble(result) {
        return Held::Unknown(trouble);
    }
    let built = matches!(result.build, BuildVerdict::Built { .. });
    let failures: Vec<(&Judged, &Failure)> = result.scenarios.iter().filter_map(failed).collect();
    match &job.subject {
        Subject::Student | Subject::Submission(_) | Subject::Solution | Subject::Variant(_) => {
            match (built, &failures[..]) {
                (true, []) => Held::Yes,
                (false, _) => Held::No("does not compile".into()),
                (true, failures) => {
                    let names: Vec<String> = failures
                        .iter()
                        .map(|(judged, failure)| format!("{} ({})", judged.name, failure.finding))
                        .collect();
                    Held::No(format!("does not pass: {}", names.join(", ")))
                }
            }
        }
        Subject::Starter if !built => Held::No("does not compile".into()),
        Subject::Starter if failures.is_empty() => Held::No("passes, although nothing was done".into()),
        Subject::Starter => Held::Yes,
        Subject::Mistake(mistake) => caught(mistake, built, &failures),
        Subject::Mutant { equivalent, .. } => match (equivalent, &failures[..]) {
            (true, _) if !built => Held::No("does not compile, and is listed as equivalent".into()),
            (true, [(judged, failure), ..]) => Held::No(format!(
                "is listed as equivalent, and \"{}\" finds {}",
                judged.name, failure.finding
            )),
            (false, []) if built => Held::No("survives".into()),
            _ => Held::Yes,
        },
    }
}

fn caught(mistake: &Mistake, built: bool, failures: &[(&Judged, &Failure)]) -> Held {
    match failures {
        _ if !built => Held::No("does not compile".into()),
        [] => Held::No(format!("passes \"{}\", which should catch it", mistake.scenario)),
        [(_, failure), ..] if failure.finding == mistake.finding => Held::Yes,
        [(judged, failure), ..] => {
            let (found, promised) = (failure.finding, mistake.finding);
            Held::No(format!("\"{}\" finds {found} instead of {promised}", judged.name))
        }
    }
}

fn failed(judged: &Judged) -> Option<(&Judged, &Failure)> {
    match &judged.verdict {
        Verdict::Failed(failure) => Some((judged, failure)),
        _ => None,
    }
}

fn trouble(result: &JobResult) -> Option<String> {
    if let BuildVerdict::NotGraded(fault) = &result.build {
        return Some(fault.message.clone());
    }
    result.scenarios.iter().find_map(|judged| match &judged.verdict {
        Verdict::NotGraded(fault) => Some(format!("\"{}\": {}", judged.name, fault.message)),
        _ => None,
    })
}

/// One scenario that came out otherwise than it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Empty where it is about the whole program.
    pub scenario: String,
    pub what: String,
}

/// Every scenario of a job that came out otherwise than the course promises.
pub fn differences(job: &Job, result: &JobResult) -> Vec<Difference> {
    let whole = |what: String| vec![Difference { scenario: String::new(), what }];
    if let BuildVerdict::Failed(_) | BuildVerdict::NotGraded(_) = result.build {
        return whole("it was not built".into());
    }
    if let Subject::Starter = job.subject {
        return match held(job, result) {
            Held::Yes => Vec::new(),
            Held::No(what) | Held::Unknown(what) => whole(what),
        };
    }
    let wanted = match &job.subject {
        Subject::Mistake(mistake) => Some(mistake.finding),
        _ => None,
    };
    let of = |judged: &Judged| {
        let what = match (&judged.verdict, wanted) {
            (Verdict::Passed, None) => return None,
            (Verdict::Failed(failure), Some(wanted)) if failure.finding == wanted => return None,
            (Verdict::Passed, Some(_)) => "passed".into(),
            (Verdict::Failed(failure), _) => format!("found {}", failure.finding),
            (Verdict::Skipped(after), _) => format!("skipped after \"{after}\""),
            (Verdict::NotGraded(fault), _) => format!("not graded: {}", fault.message),
        };
        Some(Difference { scenario: judged.name.clone(), what })
    };
    result.scenarios.iter().filter_map(of).collect()
}

/// What a job is called: `solution`, `starter`, `mistake serial_accept.rs`.
pub fn name(subject: &Subject) -> String {
    match subject {
        Subject::Student => "your program".into(),
        Subject::Submission(whose) => format!("submission of {whose}"),
        Subject::Solution => "solution".into(),
        Subject::Starter => "starter".into(),
        Subject::Variant(name) => format!("variant {name}"),
        Subject::Mistake(mistake) => {
            format!("mistake {}", mistake.file.file_name().unwrap_or_default().to_string_lossy())
        }
        Subject::Mutant { name, .. } => format!("mutant {name}"),
    }
}

/// One exercise: a line of counts, then whatever did not hold, in full.
pub fn exercise(exercise: &Exercise, jobs: &[(&Job, &JobResult)], look: Look) -> String {
    let mut out = String::new();
    let count = |which: fn(&Subject) -> bool| {
        let of: Vec<_> = jobs.iter().filter(|(job, _)| which(&job.subject)).collect();
        let held = of.iter().filter(|(job, result)| held(job, result) == Held::Yes).count();
        format!("{held}/{}", of.len())
    };
    let all = jobs.iter().all(|(job, result)| held(job, result) == Held::Yes);
    let flaky = jobs.iter().flat_map(|(_, result)| &result.scenarios).filter(|judged| judged.flaky).count();
    let _ = writeln!(
        out,
        "{} {:<22} {:>3} scenarios  solution {}  starter {}  variants {}  mistakes {}{}",
        if all { "✓" } else { "✗" },
        exercise.name,
        exercise.scenarios.len(),
        count(|subject| *subject == Subject::Solution),
        count(|subject| *subject == Subject::Starter),
        count(|subject| matches!(subject, Subject::Variant(_))),
        count(|subject| matches!(subject, Subject::Mistake(_))),
        if flaky == 0 { String::new() } else { format!("  {flaky} on the second try") },
    );
    for (job, result) in jobs {
        let told = match held(job, result) {
            Held::Yes => continue,
            Held::No(why) => format!("{}: {}: {why}", exercise.name, name(&job.subject)),
            Held::Unknown(why) => format!("{}: {}: not graded: {why}", exercise.name, name(&job.subject)),
        };
        let _ = writeln!(out, "\n  {told}\n");
        for line in exercise::exercise(job, result, look).lines() {
            let _ = writeln!(out, "{}", format!("    {line}").trim_end());
        }
    }
    out
}
