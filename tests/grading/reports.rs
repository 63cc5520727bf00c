//! Every format is made from the records alone.

use std::fs;

use super::class::{BROKEN, RIGHT, WRONG, class, grade, record};

#[test]
fn every_format_is_made_from_the_records_alone() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG), ("cyd", BROKEN)]);
    let table = grade(&course, &[]).says("bob").check().stdout;
    // Neither submissions nor course are needed any more.
    let elsewhere = tempfile::tempdir().unwrap();
    fs::copy(course.path().join("out/grades.jsonl"), elsewhere.path().join("grades.jsonl")).unwrap();
    let report = |format: &'static str, more: &[&'static str]| {
        let args = ["report", ".", "--format", format].into_iter().chain(more.iter().copied());
        crate::support::Checked::new(args).current_dir(elsewhere.path())
    };
    let shown = report("table", &[]).says("bob").check().stdout;
    assert!(table.starts_with(&shown), "{table}\n{shown}");
    for (format, part) in [
        ("csv", "student,id,name"),
        ("jsonl", "\"schema\":\"checker-grade/1\""),
        ("junit", "<testsuites"),
        ("html", "</html>"),
        ("github-annotations", "::error"),
        ("github-summary", "| bob"),
    ] {
        report(format, &[]).says(part).check();
        report(format, &["-o", "made"]).check();
        let made = fs::read_to_string(elsewhere.path().join("made")).unwrap();
        assert!(made.contains(part), "{format}: {made}");
    }
    let classroom = ["--classroom", "c1", "--classroom-assignment", "hw1", "-o", "told"];
    report("classroom50", &classroom).check();
    for (format, file) in [
        ("feedback", "feedback/bob.md"),
        ("gradescope", "gradescope/bob/results.json"),
        ("prairielearn", "prairielearn/bob/results.json"),
        ("exercism", "exercism/bob/01_demo/results.json"),
    ] {
        report(format, &["-o", "told"]).check();
        assert!(elsewhere.path().join("told").join(file).is_file(), "{format}");
    }
    assert!(elsewhere.path().join("told/classroom50/bob/result.json").is_file());
}

#[test]
fn a_moodle_worksheet_is_filled_in() {
    let course = class(&[("Ann Example_7_assignsubmission_file", RIGHT)]).file(
        "worksheet.csv",
        "Identifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum Grade\",\"Feedback comments\"\n\
         \"Participant 7\",\"Ann Example\",ann@example.org,Submitted,,100,\n",
    );
    grade(&course, &[]).says("1 exercise was run").check();
    let args = ["report", "out", "--format", "moodle", "--moodle-worksheet", "worksheet.csv"];
    let told = course.checker(args).says("Participant 7");
    let told = told.complains("note: Moodle takes the grades as of 100 points, and they are of 2: set the ");
    let filled = told.check().stdout;
    let points = record(&course, "7")["points"].as_f64().unwrap();
    assert!(filled.contains(&format!(",{points}")), "{filled}");
}
