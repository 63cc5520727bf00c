//! What holds in every format.

use serde_json::Value;

use super::class::{SECRETS, class, course, options};
use crate::gradebook::record::Record;
use crate::report::grades::{Format, Shape, jsonl, render};

/// What students get to read, or may.
const FOR_STUDENTS: [Format; 9] = [
    Format::Gradescope,
    Format::Exercism,
    Format::PrairieLearn,
    Format::Classroom50,
    Format::GithubAnnotations,
    Format::GithubSummary,
    Format::Moodle,
    Format::Canvas,
    Format::Feedback,
];

fn files(format: Format, records: &[Record]) -> Vec<(String, String)> {
    let files = render(format, records, &course(), &options()).unwrap().files;
    files
        .into_iter()
        .map(|(path, bytes)| (path.to_str().unwrap().into(), String::from_utf8(bytes).unwrap()))
        .collect()
}

#[test]
fn hidden_scenarios_stay_hidden() {
    for format in FOR_STUDENTS {
        for (path, text) in files(format, &class()) {
            for secret in SECRETS {
                assert!(!text.contains(secret), "{format}: {secret} in {path}:\n{text}");
            }
        }
    }
    for format in
        [Format::Gradescope, Format::Exercism, Format::PrairieLearn, Format::Classroom50, Format::Feedback]
    {
        let all: String = files(format, &class()).into_iter().map(|(_, text)| text).collect();
        assert!(all.contains("hidden scenario 2"), "{format}");
    }
}

#[test]
fn the_instructor_sees_hidden_scenarios() {
    let (_, junit) = files(Format::Junit, &class()).remove(0);
    for secret in SECRETS {
        assert!(junit.contains(secret), "{secret}");
    }
}

#[test]
fn everybody_has_a_row_or_a_file() {
    let class = class();
    for format in Format::ALL {
        let files = files(format, &class);
        match format.shape() {
            Shape::FilePerStudent => assert_eq!(files.len(), class.len(), "{format}"),
            Shape::FilePerExercise => assert_eq!(files.len(), 2 * 5 + 2, "{format}"),
            Shape::OneFile => assert_eq!(files.len(), 1, "{format}"),
        }
        let mut paths: Vec<String> = files.iter().map(|(path, _)| path.to_lowercase()).collect();
        for path in &paths {
            assert!(!path.contains("..") && !path.starts_with('/'), "{path}");
        }
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), files.len(), "{format}");
    }
    let junit = &files(Format::Junit, &class)[0].1;
    for record in &class[..6] {
        assert!(junit.contains(&record.student.key), "{}", record.student.key);
    }
}

fn json(format: Format, student: &str) -> Value {
    let files = files(format, &class());
    let (_, text) = files.iter().find(|(path, _)| path.contains(student)).unwrap();
    serde_json::from_str(text).unwrap()
}

#[test]
fn not_graded_is_never_a_zero() {
    for student in ["student-003", "student-004", "student-005"] {
        let gradescope = json(Format::Gradescope, student);
        assert_eq!(gradescope.get("score"), None, "{gradescope}");
        assert!(gradescope["tests"].as_array().unwrap().iter().all(|test| test.get("score").is_none()));
        let prairielearn = json(Format::PrairieLearn, student);
        assert_eq!(prairielearn["gradable"], false);
        assert_eq!(prairielearn.get("score"), None);
        let classroom = json(Format::Classroom50, student);
        assert_eq!(classroom["max-score"], 0, "nothing of nothing");
        let exercism = json(Format::Exercism, student);
        assert_eq!(exercism["status"], "error");
        assert!(!exercism["message"].as_str().unwrap().is_empty());
        let (_, feedback) =
            files(Format::Feedback, &class()).into_iter().find(|(path, _)| path.contains(student)).unwrap();
        assert!(feedback.contains("**Not graded yet**"), "{feedback}");
    }
}

#[test]
fn points_after_the_penalty_are_not_negative() {
    assert_eq!(json(Format::Gradescope, "student-006")["score"], 0.0);
    assert_eq!(json(Format::Gradescope, "student-002")["score"], 0.75);
    assert_eq!(json(Format::PrairieLearn, "student-002")["score"], 0.075);
    assert_eq!(json(Format::PrairieLearn, "student-001")["score"], 1.0);
    assert_eq!(json(Format::Classroom50, "student-001")["score"], 10);
}

#[test]
fn no_control_characters_get_out() {
    for format in Format::ALL {
        for (path, text) in files(format, &class()) {
            let steers = |c: char| {
                (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || c == '\u{202e}' || c == '\u{fffe}'
            };
            // JSON Lines are the truth: they keep everything, escaped where JSON wants it.
            if format != Format::JsonLines {
                assert!(!text.contains(steers), "{format} {path}: {text:?}");
            }
        }
    }
}

#[test]
fn an_empty_class_is_one_too() {
    for format in Format::ALL {
        let files = render(format, &[], &course(), &options()).unwrap().files;
        assert_eq!(files.is_empty(), format.shape() != Shape::OneFile, "{format}");
    }
}

#[test]
fn the_truth_comes_back() {
    let class = class();
    let (_, text) = files(Format::JsonLines, &class).remove(0);
    let back: Result<Vec<Record>, _> =
        jsonl::Records::new(text.as_bytes(), "grades.jsonl".as_ref()).collect();
    assert_eq!(back.unwrap(), class);
}
