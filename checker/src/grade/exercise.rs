//! What the loop found out about one exercise becomes a grade.

use crate::course::Exercise;
use crate::event::{BuildVerdict, JobResult};
use crate::gradebook::record::{ExerciseGrade, ExerciseStatus, ScenarioGrade, ScenarioStatus, Trouble};
use crate::report::terminal::{FailureContext, Look, compiler_words, failure};
use crate::verdict::explain::explain;
use crate::verdict::explain::literal::harmless;
use crate::verdict::outcome::{CompileTrouble, Detail, Failure, Judged, Verdict};

/// The reports are read in files and on pages, where nobody's terminal says how wide.
pub const LOOK: Look = Look { width: 100, color: false };

/// Bytes of a report or of the compiler's words, at most.
const LONGEST: usize = 16 * 1024;
/// The trouble that is the machine's, not the student's.
const UNREADABLE: &str = "unreadable";
/// Characters of a one-line summary, at most.
const LINE: usize = 300;

/// A grade with nothing in it yet.
fn blank(
    exercise: &Exercise,
    digest: &str,
    status: ExerciseStatus,
    message: Option<String>,
) -> ExerciseGrade {
    ExerciseGrade {
        name: exercise.name.clone(),
        title: exercise.title.clone(),
        status,
        points: 0,
        points_possible: exercise.points(),
        digest: digest.to_owned(),
        message: message.map(|text| cut(&text)),
        scenarios: Vec::new(),
        build_ms: 0,
        drive_ms: 0,
        rung: None,
    }
}

/// The grade of an exercise of which nothing could be taken: that of the whole submission, or of it alone.
pub fn not_taken(exercise: &Exercise, whole: Option<&Trouble>, own: Option<&Trouble>) -> ExerciseGrade {
    let status = match (whole, own) {
        (Some(trouble), _) | (_, Some(trouble)) if trouble.kind == UNREADABLE => ExerciseStatus::NotGraded,
        // A person has to look at it; the record says why.
        (Some(_), _) | (None, None) => ExerciseStatus::Missing,
        (None, Some(_)) => ExerciseStatus::NotTaken,
    };
    // What is wrong with the whole submission stands in the record, once.
    let told = whole.or(own).filter(|_| status != ExerciseStatus::Missing);
    let message = told.map(|trouble| harmless(trouble.message.as_bytes()));
    blank(exercise, "", status, message)
}

/// The grade of an exercise that could not be graded through no fault of the student's.
pub fn not_graded(exercise: &Exercise, digest: &str, why: &str) -> ExerciseGrade {
    blank(exercise, digest, ExerciseStatus::NotGraded, Some(harmless(why.as_bytes())))
}

/// The grade that the loop's result on the isolation rung `rung` comes to.
pub fn grade(exercise: &Exercise, digest: &str, result: &JobResult, rung: u8) -> ExerciseGrade {
    let mut grade = match &result.build {
        BuildVerdict::NotGraded(fault) => not_graded(exercise, digest, &fault.message),
        BuildVerdict::Failed(failed) => {
            blank(exercise, digest, ExerciseStatus::DidNotCompile, Some(compile_words(failed)))
        }
        BuildVerdict::Built { took, .. } => {
            let mut built = blank(exercise, digest, ExerciseStatus::Passed, None);
            built.build_ms = millis(*took);
            built.scenarios = result.scenarios.iter().map(|judged| scenario(exercise, judged)).collect();
            built.status = status(exercise, &built.scenarios);
            built
        }
    };
    grade.points = grade.scenarios.iter().map(|scenario| scenario.points).sum();
    grade.drive_ms = millis(result.drove_for);
    grade.rung = (!matches!(result.build, BuildVerdict::NotGraded(_))).then_some(rung);
    grade
}

fn status(exercise: &Exercise, scenarios: &[ScenarioGrade]) -> ExerciseStatus {
    let any = |status| scenarios.iter().any(|scenario| scenario.status == status);
    if any(ScenarioStatus::NotGraded) || scenarios.len() < exercise.scenarios.len() {
        ExerciseStatus::NotGraded
    } else if any(ScenarioStatus::Failed) || any(ScenarioStatus::Skipped) {
        ExerciseStatus::Failed
    } else {
        ExerciseStatus::Passed
    }
}

fn scenario(exercise: &Exercise, judged: &Judged) -> ScenarioGrade {
    let hidden = exercise.scenarios.get(judged.number - 1).is_some_and(|scenario| scenario.hidden);
    let (status, finding, summary, report) = match &judged.verdict {
        Verdict::Passed => (ScenarioStatus::Passed, None, None, None),
        Verdict::Failed(failed) => (
            ScenarioStatus::Failed,
            Some(failed.finding.name().to_owned()),
            Some(summary(failed, judged)),
            Some(cut(&whole_report(exercise, judged))),
        ),
        Verdict::Skipped(after) => (ScenarioStatus::Skipped, None, Some(skipped(exercise, after)), None),
        Verdict::NotGraded(fault) => {
            (ScenarioStatus::NotGraded, None, Some(one_line(&harmless(fault.message.as_bytes()))), None)
        }
    };
    ScenarioGrade {
        number: judged.number,
        name: judged.name.clone(),
        hidden,
        status,
        points: if status == ScenarioStatus::Passed { judged.points } else { 0 },
        points_possible: judged.points,
        finding,
        summary,
        report,
        flaky: judged.flaky,
        took_ms: judged.observation.as_ref().map_or(0, |observation| observation.took_us / 1000),
    }
}

/// Of a hidden scenario not even the name gets out.
fn skipped(exercise: &Exercise, after: &str) -> String {
    if exercise.scenarios.iter().any(|scenario| scenario.hidden && scenario.name == after) {
        return "it comes after a hidden scenario, which did not pass".to_owned();
    }
    one_line(&format!("it comes after `{}`, which did not pass", harmless(after.as_bytes())))
}

fn summary(failed: &Failure, judged: &Judged) -> String {
    let told = explain(failed, judged.observation.as_ref());
    match (told.expected.join(" "), told.got.join(" ")) {
        (expected, got) if expected.is_empty() => one_line(&got),
        (expected, got) if got.is_empty() => one_line(&format!("expected {expected}")),
        (expected, got) => one_line(&format!("expected {expected}; got {got}")),
    }
}

fn whole_report(exercise: &Exercise, judged: &Judged) -> String {
    let short = format!("{:02}", exercise.number);
    let file = exercise.file.display().to_string();
    failure(&FailureContext { exercise: &exercise.name, short: &short, scenario: judged, file: &file }, LOOK)
}

fn compile_words(failed: &Failure) -> String {
    match &failed.detail {
        Detail::Compile { rendered, why: CompileTrouble::Errors } if !rendered.trim().is_empty() => {
            compiler_words(rendered, LOOK)
        }
        // Why it was stopped, and what it had said by then.
        Detail::Compile { rendered, .. } => {
            let why = explain(failed, None).got.join("\n");
            format!("{why}\n\n{}", compiler_words(rendered, LOOK)).trim_end().to_owned()
        }
        Detail::NoSource { path, trouble } => {
            format!("{}: {}", harmless(path.as_bytes()), harmless(trouble.as_bytes()))
        }
        _ => explain(failed, None).got.join("\n"),
    }
}

fn millis(took: std::time::Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

fn one_line(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LINE {
        return text;
    }
    text.chars().take(LINE - 1).collect::<String>() + "…"
}

/// The beginning, where it is too long: the first error is the one to read.
fn cut(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let end = (0..=LONGEST).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    format!("{}\n…", &text[..end])
}
