//! Files of the instructor's, filled in: only the meant cells change.

use super::class::{GRADEBOOK, WORKSHEET, class, course, given, options};
use crate::report::grades::{Format, Rendered, render};

fn text(rendered: &Rendered) -> String {
    String::from_utf8(rendered.files[0].1.clone()).unwrap()
}

#[test]
fn moodle_s_worksheet() {
    let rendered = render(Format::Moodle, &class(), &course(), &options()).unwrap();
    insta::assert_snapshot!("moodle", text(&rendered).replace('\r', "␍"));
    insta::assert_snapshot!("moodle_notes", rendered.notes.join("\n"));
}

#[test]
fn moodle_s_worksheet_in_another_language_with_semicolons_and_a_mark() {
    let mut options = options();
    let german = "\u{feff}ID;Bewertung;\"Feedback als Kommentar\"\nTeilnehmer/in1;;x\n";
    options.moodle.worksheet = Some(given("w.csv", german));
    options.moodle.columns.id = "ID".into();
    options.moodle.columns.grade = "Bewertung".into();
    let rendered = render(Format::Moodle, &class()[..1], &course(), &options).unwrap();
    assert_eq!(text(&rendered), german.replace(";;x", ";10;x"));
    assert!(rendered.notes.is_empty(), "{:?}", rendered.notes);
}

#[test]
fn a_cell_in_quotes_keeps_them() {
    let mut options = options();
    let sheet = "Identifier,Grade,X\n\"Participant 1\",\"3,00\",\"a\"\"b\"\n";
    options.moodle.worksheet = Some(given("w.csv", sheet));
    let rendered = render(Format::Moodle, &class()[..1], &course(), &options).unwrap();
    assert_eq!(text(&rendered), sheet.replace("3,00", "10"));
}

#[test]
fn a_worksheet_that_nobody_handed_in_for_stays_byte_for_byte() {
    let rendered = render(Format::Moodle, &[], &course(), &options()).unwrap();
    assert_eq!(text(&rendered), WORKSHEET);
    assert_eq!(rendered.notes.len(), 7);
}

#[test]
fn canvas_s_gradebook() {
    let mut options = options();
    options.canvas.gradebook = Some(given("book.csv", GRADEBOOK));
    let rendered = render(Format::Canvas, &class(), &course(), &options).unwrap();
    let wanted = GRADEBOOK.replace("login1,A,,", "login1,A,10,").replace("login2,A,1.00,", "login2,A,0.75,");
    assert_eq!(text(&rendered), wanted);
    insta::assert_snapshot!("canvas_notes", rendered.notes.join("\n"));
}

#[test]
fn canvas_anew() {
    let rendered = render(Format::Canvas, &class(), &course(), &options()).unwrap();
    insta::assert_snapshot!("canvas_anew", text(&rendered).replace('\r', "␍"));
    insta::assert_snapshot!("canvas_anew_notes", rendered.notes.join("\n"));
}

#[test]
fn a_row_of_somebody_else_with_the_same_number_gets_nothing() {
    let mut ann = class().remove(0);
    ann.student.id = Some("1".into());
    ann.student.name = Some("Ann  O'Example".into());
    ann.student.email = Some("ann@example.org".into());
    let row = |name: &str, email: &str| {
        let sheet = format!("Identifier,Full name,Email address,Grade\nParticipant 1,{name},{email},\n");
        let mut options = options();
        options.moodle.worksheet = Some(given("w.csv", &sheet));
        let rendered = render(Format::Moodle, &[ann.clone()], &course(), &options).unwrap();
        let filled = text(&rendered) == sheet.replace(&format!("{email},\n"), &format!("{email},10\n"));
        assert!(filled || text(&rendered) == sheet, "{}", text(&rendered));
        (filled, rendered.notes)
    };
    for (name, email) in [("ann oexample", "other@example.org"), ("Zed", "Ann@Example.org"), ("", "")] {
        assert_eq!(row(name, email), (true, Vec::new()), "{name} {email}");
    }
    for (name, email) in [("Zed Other", "zed@example.org"), ("Zed Other", ""), ("", "zed@example.org")] {
        let (filled, notes) = row(name, email);
        assert!(!filled, "{name} {email}");
        let [note] = &notes[..] else { panic!("{notes:?}") };
        assert!(note.starts_with("w.csv:2: participant 1 is "), "{note}");
        assert!(note.contains(", and on record student-001 (Ann  O'Example, ann@example.org) has"), "{note}");
        assert!(note.ends_with("the row stays as it was: mend the roster's id, name or email"), "{note}");
    }
}
