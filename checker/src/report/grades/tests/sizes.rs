//! What is too long is cut, and still whole.

use serde_json::Value;

use super::class::{class, course, exercise, options, record, scenario};
use crate::gradebook::record::{ExerciseStatus, Record, ScenarioGrade, ScenarioStatus};
use crate::report::grades::{Format, render};

fn long(scenarios: usize, report: &str) -> Record {
    let failed = (1..=scenarios).map(|number| ScenarioGrade {
        report: Some(report.into()),
        summary: Some("é".repeat(600)),
        ..scenario(number, "is sent", ScenarioStatus::Failed)
    });
    record("student-001", vec![exercise(0, ExerciseStatus::Failed, failed.collect())])
}

fn only(format: Format, records: &[Record]) -> String {
    let mut files = render(format, records, &course(), &options()).unwrap().files;
    String::from_utf8(files.remove(0).1).unwrap()
}

#[test]
fn prairielearn_takes_no_more_than_a_megabyte() {
    for (scenarios, lines, tests) in [(3, 20_000, 3), (60, 20_000, 60), (3_000, 100, 3_000), (10_000, 1, 0)] {
        let text = only(Format::PrairieLearn, &[long(scenarios, &"é\n".repeat(lines))]);
        assert!(text.len() <= 1_000_000, "{scenarios}: {}", text.len());
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["tests"].as_array().unwrap().len(), tests);
        assert_eq!(value["gradable"], true);
    }
}

#[test]
fn exercism_has_its_limits_in_characters() {
    let value: Value =
        serde_json::from_str(&only(Format::Exercism, &[long(1, &"é\n".repeat(60_000))])).unwrap();
    let count = |key: &str| value["tests"][0][key].as_str().unwrap().chars().count();
    assert_eq!((count("message"), count("output")), (65_535, 500));
}

#[test]
fn a_feedback_file_is_cut_at_a_line_and_its_fences_are_closed() {
    for line in ["x\n", "long line ```` of text\n", &"y".repeat(100_000), &("z".repeat(100_000) + "\n")] {
        for times in [1, 3, 4, 200_000 / line.len()] {
            let text = only(Format::Feedback, &[long(7, &line.repeat(times))]);
            assert!(text.len() <= 256 << 10, "{}", text.len());
            let fences: Vec<&str> = text.lines().filter(|line| line.starts_with("```")).collect();
            assert_eq!(fences.len() % 2, 0, "{fences:?}");
            for pair in fences.chunks(2) {
                assert_eq!(pair[0], format!("{}text", pair[1]));
            }
        }
    }
    let text = only(Format::Feedback, &[long(7, &"x\n".repeat(100_000))]);
    assert!(
        text.ends_with("\n```\n\nThe rest is left out: it is too long.\n"),
        "{}",
        &text[text.len() - 80..]
    );
}

#[test]
fn a_summary_is_at_most_a_mebibyte() {
    let mut records: Vec<Record> = class();
    for record in &mut records {
        record.student.name = Some("*".repeat(5_000));
    }
    let many: Vec<Record> = records.iter().cycle().take(6_000).cloned().collect();
    let text = only(Format::GithubSummary, &many);
    assert!(text.len() <= 1 << 20 && text.len() > 1_000_000);
    assert!(text.trim_end().ends_with("more students are left out: the summary would be too long."));
}

#[test]
fn annotations_are_as_many_as_are_shown() {
    let text = only(Format::GithubAnnotations, &[long(25, "x")]);
    let of = |begin: &str| text.lines().filter(|line| line.starts_with(begin)).count();
    assert_eq!((of("::error "), of("::notice "), of("::group::")), (10, 1, 25));
    assert!(text.ends_with("::notice title=more::15 more annotations are left out\n"));
}
