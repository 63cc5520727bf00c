//! An instructor's mistakes: place and cure.

use super::class::{class, course, given, options};
use crate::report::grades::{Format, Options, render};

fn error(format: Format, change: impl FnOnce(&mut Options)) -> String {
    let mut options = options();
    change(&mut options);
    render(format, &class(), &course(), &options).unwrap_err().to_string()
}

#[test]
fn a_worksheet_in_another_language() {
    let german = "ID,\"Vollständiger Name\",Bewertung,\"Feedback als Kommentar\"\nTeilnehmer/in1,A,,\n";
    let told =
        error(Format::Moodle, |options| options.moodle.worksheet = Some(given("bewertung.csv", german)));
    insta::assert_snapshot!(told, @r#"bewertung.csv:1: the worksheet has no column `Identifier`; its columns are `ID`, `Vollständiger Name`, `Bewertung`, `Feedback als Kommentar`; if Moodle speaks another language, say what it calls them: `--moodle-id NAME` ("Participant 17"), `--moodle-name NAME` (full names), `--moodle-email NAME` (addresses), `--moodle-grade NAME` (the grade), `--moodle-feedback NAME` (comments), `--moodle-maximum NAME` (the highest grade)"#);
}

#[test]
fn files_that_are_no_worksheet() {
    let table: [(&[u8], &str); 6] = [
        (b"", "w.csv: the file is empty"),
        (b"\n\n", "w.csv: the file is empty"),
        (b"PK\x03\x04rest", "w.csv: this is a zip or a spreadsheet, not CSV"),
        (b"\xff\xfeI\0d\0", "w.csv: the file is in UTF-16"),
        (b"Identifier,Grade\nParticipant 1,\xe9\n", "w.csv: the file is not in UTF-8, from line 2 on"),
        (b"Identifier,Grade\nParticipant 1,\"\n", "w.csv:2: a quote is never closed"),
    ];
    for (bytes, wanted) in table {
        let mut file = given("w.csv", "");
        file.bytes = bytes.to_vec();
        let told = error(Format::Moodle, |options| options.moodle.worksheet = Some(file));
        assert!(told.starts_with(wanted), "{told}");
    }
}

#[test]
fn rows_that_contradict() {
    let table = [
        (
            "Identifier,Grade\nParticipant 1,\nParticipant 1,\n",
            "w.csv:3: participant 1 has two rows, the first in line 2",
        ),
        (
            "Identifier,Grade,Maximum Grade\nParticipant 1,,\"5,00\"\n",
            "w.csv:2: the grade 10 is above the maximum 5; set",
        ),
        ("Grade,Identifier,X\n,Participant 4,\n\n,Participant 1\n", ""),
        ("Identifier,X,Grade\n\nParticipant 1,\n", "w.csv:3: the row has fewer cells than the header"),
    ];
    for (text, wanted) in table {
        let mut options = options();
        options.moodle.worksheet = Some(given("w.csv", text));
        let told = render(Format::Moodle, &class(), &course(), &options);
        let told = told.err().map_or_else(String::new, |error| error.to_string());
        assert!(told.starts_with(wanted) && told.is_empty() == wanted.is_empty(), "{told}");
    }
}

#[test]
fn two_submissions_with_one_id() {
    for format in [Format::Moodle, Format::Canvas] {
        let mut class = class();
        class[1].student.id = Some("1".into());
        let mut options = options();
        options.canvas.gradebook = Some(given("book.csv", super::class::GRADEBOOK));
        let told = render(format, &class, &course(), &options).unwrap_err().to_string();
        assert!(told.starts_with("all.zip!student-001 and all.zip!student-002 have the same"), "{told}");
    }
}

#[test]
fn what_was_not_given() {
    let told = error(Format::Moodle, |options| options.moodle.worksheet = None);
    assert!(
        told.ends_with("download the grading worksheet, and give it with `--moodle-worksheet FILE`"),
        "{told}"
    );
    let told = error(Format::Canvas, |options| options.canvas.assignment = None);
    assert!(told.contains("`--canvas-assignment \"TITLE (ID)\"`"), "{told}");
    let told = error(Format::Classroom50, |options| options.classroom.assignment = None);
    assert_eq!(told, "Classroom 50 needs the assignment's slug; give it with `--classroom-assignment NAME`");
    let told = error(Format::Classroom50, |options| options.classroom.owner_column = Some("github".into()));
    assert!(told.ends_with("`--classroom-owner NAME`; known: `SIS Login ID`"), "{told}");
    for token in ["", "short", "0123456789abcde::x"] {
        let told = error(Format::GithubAnnotations, |options| options.token = token.into());
        assert!(told.starts_with("the token that guards the log"), "{told}");
    }
}

#[test]
fn a_gradebook_of_another_assignment() {
    let told = error(Format::Canvas, |options| {
        options.canvas.assignment = Some(("Homework 2".into(), "4712".into()));
        options.canvas.gradebook = Some(given("book.csv", super::class::GRADEBOOK));
    });
    insta::assert_snapshot!(told, @r#"book.csv:1: the gradebook has no column `Homework 2 (4712)`; its columns are `Student`, `ID`, `SIS User ID`, `SIS Login ID`, `Section`, `Homework 1 (4711)`, `Other (12)`, `Final Score`; copy the column's head: `--canvas-assignment "TITLE (ID)"`"#);
    let told = error(Format::Canvas, |options| {
        options.canvas.gradebook = Some(given("book.csv", "Étudiant,Homework 1 (4711)\nA,\n"));
    });
    assert!(
        told.starts_with("book.csv:1: the gradebook has no column `ID`; its columns are `Étudiant`"),
        "{told}"
    );
}
