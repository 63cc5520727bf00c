//! JUnit XML: a suite is a student's exercise, a case one of its scenarios. A student's fault is a failure,
//! our own or the machine's an error. For instructors: hidden scenarios are told.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestRerun, TestSuite};

use crate::gradebook::record::Record;

use super::clean;
use super::course::CourseInfo;
use super::error::FormatError;
use super::number;
use super::roll::Entry;
use super::told::{Case, Mark, Reader, Told};

/// The whole report.
pub(super) fn render(records: &[Record], course: &CourseInfo) -> Result<Vec<u8>, FormatError> {
    let mut report = Report::new(clean::line(&course.title));
    let mut took = Duration::ZERO;
    for record in records {
        let entry = Entry::of(record, Reader::Instructor);
        took += Duration::from_millis(record.took_ms);
        if entry.exercises.is_empty() || record.trouble.is_some() {
            report.add_test_suite(submission(&entry));
        }
        report.add_test_suites(entry.exercises.iter().map(|told| exercise(&entry, told)));
    }
    report.set_time(took);
    let mut out = Vec::new();
    let broken = |error| FormatError::asked(format!("the report can't be written: {error}"), "report this");
    report.serialize(&mut out).map_err(broken)?;
    Ok(out)
}

/// A suite for what became of a submission as a whole.
fn submission(entry: &Entry) -> TestSuite {
    let key = clean::line(&entry.record.student.key);
    let mut suite = TestSuite::new(format!("{key} / submission"));
    let (kind, ty) = match &entry.record.trouble {
        Some(trouble) => (NonSuccessKind::Failure, clean::line(&trouble.kind).into_owned()),
        None => (NonSuccessKind::Error, "not_graded".to_owned()),
    };
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(ty).set_message(entry.note());
    let mut case = TestCase::new("is taken", status);
    case.set_classname(key.as_ref()).set_time(Duration::ZERO);
    suite.add_test_case(case).set_time(Duration::ZERO);
    properties(&mut suite, entry);
    suite
}

fn exercise(entry: &Entry, told: &Told) -> TestSuite {
    let key = clean::line(&entry.record.student.key);
    let mut suite = TestSuite::new(format!("{key} / {}", told.name));
    let class = format!("{key}.{}", told.name);
    let took: u64 = told.cases.iter().map(|case| case.took_ms).fold(told.build_ms, u64::saturating_add);
    suite.set_time(Duration::from_millis(took));
    suite.add_test_cases(told.cases.iter().map(|case| test_case(&class, case)));
    properties(&mut suite, entry);
    let points = told.points.map_or_else(|| "not graded".to_owned(), |points| points.to_string());
    suite.add_property(Property::new("points", points));
    suite.add_property(Property::new("points_possible", told.possible.to_string()));
    suite
}

/// Whose it is; and the submission's total, where there is one.
fn properties(suite: &mut TestSuite, entry: &Entry) {
    let (record, student) = (entry.record, &entry.record.student);
    let mut add = |name: &str, value: &str| {
        suite.add_property(Property::new(name, clean::line(value)));
    };
    add("student", &student.key);
    for (name, value) in [("id", &student.id), ("name", &student.name), ("email", &student.email)] {
        if let Some(value) = value {
            add(name, value);
        }
    }
    add("source", &record.source);
    if let Some(total) = entry.standing.points() {
        add("total", &number::points(total));
    }
}

fn test_case(class: &str, case: &Case) -> TestCase {
    let mut test = TestCase::new(case.name.as_str(), status(case));
    test.set_classname(class).set_time(Duration::from_millis(case.took_ms));
    test
}

fn status(case: &Case) -> TestCaseStatus {
    let told = case.summary.as_deref().unwrap_or_else(|| case.mark.words());
    let (kind, ty) = match case.mark {
        Mark::Passed => return passed(case),
        Mark::Skipped => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(told);
            return status;
        }
        Mark::Failed => (NonSuccessKind::Failure, case.finding.as_deref().unwrap_or("failed")),
        Mark::DidNotCompile => (NonSuccessKind::Failure, "did_not_compile"),
        Mark::Missing => (NonSuccessKind::Failure, "missing"),
        Mark::NotTaken => (NonSuccessKind::Error, "not_taken"),
        Mark::NotGraded => (NonSuccessKind::Error, "not_graded"),
    };
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(ty).set_message(told);
    if let Some(report) = &case.report {
        status.set_description(report.as_str());
    }
    status
}

fn passed(case: &Case) -> TestCaseStatus {
    let mut status = TestCaseStatus::success();
    if case.flaky {
        let mut rerun = TestRerun::new(NonSuccessKind::Failure);
        rerun.set_type("flaky").set_message("passed only when it was tried again, alone");
        status.add_rerun(rerun);
    }
    status
}
