//! What a student reads of one exercise.

use super::terminal::{FailureContext, Look, compiler_words, failure, scenario, summary};
use crate::course::Exercise;
use crate::event::{BuildVerdict, JobResult};
use crate::plan::Job;
use crate::verdict::explain::literal::harmless;
use crate::verdict::outcome::{Judged, Verdict};

/// What the mark of a scenario that was not run means.
const BEFORE: &str = "\"before\": it passed with the same programs; `--fresh` runs these too.\n";

/// The whole report: a line for each scenario, then the first failure in full, then what it came to.
pub fn exercise(job: &Job, result: &JobResult, look: Look) -> String {
    let exercise = &*job.exercise;
    match &result.build {
        BuildVerdict::NotGraded(fault) => {
            format!("{}: not graded: {}\n", exercise.name, harmless(fault.message.as_bytes()))
        }
        BuildVerdict::Failed(failed) => {
            let judged = Judged {
                number: 0,
                name: String::new(),
                points: 0,
                verdict: Verdict::Failed(failed.clone()),
                observation: None,
                flaky: false,
                known: false,
            };
            failed_scenario(exercise, &judged, look)
        }
        BuildVerdict::Built { warnings, .. } => {
            let mut out = String::new();
            if !warnings.trim().is_empty() {
                out.push_str(compiler_words(warnings, look).trim_end());
                out.push_str("\n\n");
            }
            out.push_str(&format!("{}  {}\n\n", exercise.name, exercise.title));
            for judged in &result.scenarios {
                out.push_str(&scenario(judged, look));
            }
            let failed = result.scenarios.iter().find(|judged| matches!(judged.verdict, Verdict::Failed(_)));
            if let Some(judged) = failed {
                out.push('\n');
                out.push_str(&failed_scenario(exercise, judged, look));
            }
            out.push_str(&format!("\n{}{}\n", summary(&result.scenarios), not_begun(job, result)));
            if result.scenarios.iter().any(|judged| judged.known) {
                out.push_str(BEFORE);
            }
            out
        }
    }
}

fn failed_scenario(exercise: &Exercise, judged: &Judged, look: Look) -> String {
    let short = format!("{:02}", exercise.number);
    let file = exercise.file.display().to_string();
    failure(&FailureContext { exercise: &exercise.name, short: &short, scenario: judged, file: &file }, look)
}

/// After a failure the rest is not begun: it would only be in the way.
fn not_begun(job: &Job, result: &JobResult) -> String {
    match job.scenarios.len() - result.scenarios.len() {
        0 => String::new(),
        rest => format!("; {rest} more not run yet: `checker run {:02}` runs all", job.exercise.number),
    }
}
