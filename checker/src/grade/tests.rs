//! From the loop's results to grades, from tables.

use std::path::PathBuf;
use std::time::Duration;

use super::exercise::{grade, not_taken};
use super::is_open;
use crate::course::Exercise;
use crate::event::{BuildVerdict, JobResult};
use crate::gradebook::record::{ExerciseStatus, Trouble};
use crate::record::finding::Finding;
use crate::scenario::step::Scenario;
use crate::verdict::outcome::{CompileTrouble, Detail, Failure, Fault, Judged, Verdict};

/// Three scenarios, of 1, 2 and 4 points; the last is hidden.
fn exercise() -> Exercise {
    let scenario = |number: u32| Scenario {
        name: format!("scenario {number}"),
        points: 1 << number,
        hidden: number == 2,
        line: 1,
        deadline_s: 1,
        files_mib: 1,
        open_files: 16,
        addrs: Default::default(),
        vars: Default::default(),
        after: None,
        steps: Vec::new(),
    };
    Exercise {
        name: "01_demo".into(),
        number: 1,
        package: "demo".into(),
        title: "Demo".into(),
        dir: PathBuf::new(),
        file: "exercises/01_demo/exercise.toml".into(),
        programs: Vec::new(),
        hints: Vec::new(),
        scenarios: (0..3).map(scenario).collect(),
        text: String::new(),
    }
}

fn failure(detail: Detail) -> Box<Failure> {
    Box::new(Failure { finding: Finding::DidNotCompile, step: None, waited_ms: 0, at_rest: false, detail })
}

fn built(verdicts: Vec<Verdict>) -> JobResult {
    let exercise = exercise();
    let judged =
        verdicts.into_iter().zip(&exercise.scenarios).enumerate().map(|(at, (verdict, scenario))| {
            let (name, points) = (scenario.name.clone(), scenario.points);
            Judged { number: at + 1, name, points, verdict, observation: None, flaky: false, known: false }
        });
    JobResult {
        build: BuildVerdict::Built { warnings: String::new(), took: Duration::from_millis(7), known: false },
        scenarios: judged.collect(),
        drove_for: Duration::from_millis(9),
    }
}

#[test]
fn points_are_those_of_the_scenarios_that_passed() {
    let failed = || {
        let detail = Detail::NoSource { path: "p".into(), trouble: "t".into() };
        Verdict::Failed(failure(detail))
    };
    let fault = || Verdict::NotGraded(Fault { message: "no room".into() });
    let skipped = || Verdict::Skipped("scenario 2".into());
    use ExerciseStatus::{Failed, NotGraded, Passed};
    for (verdicts, status, points) in [
        (vec![Verdict::Passed, Verdict::Passed, Verdict::Passed], Passed, 7),
        (vec![Verdict::Passed, failed(), Verdict::Passed], Failed, 5),
        (vec![Verdict::Passed, Verdict::Passed, skipped()], Failed, 3),
        (vec![Verdict::Passed, fault(), failed()], NotGraded, 1),
        // Some were not begun.
        (vec![Verdict::Passed], NotGraded, 1),
    ] {
        let told = grade(&exercise(), "d", &built(verdicts.clone()), 3);
        assert_eq!((told.status, told.points, told.points_possible), (status, points, 7), "{verdicts:?}");
        assert_eq!(is_open(&told), status == NotGraded);
        assert_eq!((told.build_ms, told.drive_ms, told.digest.as_str()), (7, 9, "d"));
    }
}

#[test]
fn the_name_of_a_hidden_scenario_is_told_to_nobody() {
    let told = grade(&exercise(), "d", &built(vec![Verdict::Skipped("scenario 2".into())]), 3);
    assert!(told.scenarios[0].summary.as_ref().unwrap().contains("a hidden scenario"));
    let told = grade(&exercise(), "d", &built(vec![Verdict::Skipped("scenario 1".into())]), 3);
    assert!(told.scenarios[0].summary.as_ref().unwrap().contains("`scenario 1`"));
}

#[test]
fn what_the_compiler_said_is_harmless_and_cut_to_size() {
    let rendered = format!("error: \x1b[31mno\x1b]0;title\x07 {}", "学".repeat(20_000));
    let detail = Detail::Compile { rendered, why: CompileTrouble::Errors };
    let result = JobResult { build: BuildVerdict::Failed(failure(detail)), ..built(Vec::new()) };
    let told = grade(&exercise(), "d", &result, 3);
    assert_eq!((told.status, told.points, told.scenarios.len()), (ExerciseStatus::DidNotCompile, 0, 0));
    let message = told.message.unwrap();
    assert!(message.starts_with("error: no") && !message.contains('\x1b'), "{}", &message[..40]);
    assert!(message.len() < 17_000 && message.ends_with('…'));
    let stopped = |rendered: &str| {
        let detail = Detail::Compile { rendered: rendered.into(), why: CompileTrouble::TooLong };
        let build = BuildVerdict::Failed(failure(detail));
        let result = JobResult { build, scenarios: Vec::new(), drove_for: Duration::ZERO };
        grade(&exercise(), "d", &result, 3).message.unwrap()
    };
    let why = "the compiler took longer than it may, and was stopped";
    assert_eq!(stopped(""), why);
    assert_eq!(stopped("warning: unused"), format!("{why}\n\nwarning: unused"));
}

#[test]
fn what_could_not_be_taken_is_looked_at_by_a_person_or_tried_again() {
    use ExerciseStatus::{Missing, NotGraded, NotTaken};
    let trouble = |kind: &str| Some(Trouble { kind: kind.into(), message: "m".into() });
    for (whole, own, status) in [
        (None, None, Missing),
        (None, trouble("too_large"), NotTaken),
        (None, trouble("unreadable"), NotGraded),
        (trouble("broken_archive"), None, Missing),
        (trouble("unreadable"), None, NotGraded),
    ] {
        let told = not_taken(&exercise(), whole.as_ref(), own.as_ref());
        assert_eq!(told.status, status, "{whole:?} {own:?}");
        assert_eq!((told.points, told.points_possible), (0, 7));
    }
}
