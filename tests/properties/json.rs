//! `--format json` is JSON, whatever a program wrote.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use checker::course::{Exercise, Program};
use checker::event::{BuildVerdict, JobResult};
use checker::plan::{Job, Subject};
use checker::report::json;
use checker::verdict::outcome::{Judged, Verdict};
use proptest::prelude::*;
use serde_json::Value;

use crate::hostile::text;
use crate::kept;
use crate::observations::judged;
use crate::tried::holds;

fn job(title: String) -> Job {
    let exercise = Exercise {
        name: "04_multi_client".into(),
        number: 4,
        package: "multi_client".into(),
        title,
        dir: PathBuf::new(),
        file: PathBuf::new(),
        programs: vec![Program { name: "server".into(), source: "src/main.rs".into() }],
        hints: Vec::new(),
        scenarios: Vec::new(),
        text: String::new(),
    };
    Job { exercise: Arc::new(exercise), subject: Subject::Student, folder: PathBuf::new(), scenarios: vec![] }
}

fn told(scenario: &Value, judged: &Judged) {
    assert_eq!(scenario["name"], judged.name.as_str());
    match &judged.verdict {
        Verdict::Failed(failure) => {
            assert_eq!(scenario["status"], "failed");
            assert_eq!(scenario["failure"]["finding"], failure.finding.name());
            assert!(scenario["failure"]["got"].as_array().is_some_and(|lines| !lines.is_empty()));
        }
        Verdict::Passed => assert_eq!(scenario["status"], "passed"),
        Verdict::Skipped(_) => assert_eq!(scenario["status"], "skipped"),
        Verdict::NotGraded(fault) => assert_eq!(scenario["message"], fault.message.as_str()),
    }
}

#[test]
fn the_report_for_programs_is_json() {
    let input = (prop::collection::vec(judged(), 0..4), text(3), any::<u64>());
    holds("the_report_for_programs_is_json", kept!("json"), 600, input, |(scenarios, words, seed)| {
        let job = job(words.clone());
        let build = BuildVerdict::Built { warnings: words, took: Duration::ZERO, known: false };
        let result = JobResult { build, scenarios, drove_for: Duration::ZERO };
        let text = json::runs("run", Some(seed), Some(3), &[(&job, &result)]);
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["seed"], seed);
        assert_eq!(document["exercises"][0]["title"], job.exercise.title.as_str());
        let told_of = document["exercises"][0]["scenarios"].as_array().unwrap();
        assert_eq!(told_of.len(), result.scenarios.len());
        told_of.iter().zip(&result.scenarios).for_each(|(scenario, judged)| told(scenario, judged));
        // Ready for a terminal, too: nothing but line ends is bare.
        assert!(!text.contains(|c: char| c < ' ' && c != '\n'));
    });
}
