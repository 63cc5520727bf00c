//! Who is who.

use super::support::{Bench, MAIN, zip};
use crate::submission::{Found, Joined, TimeFrom};

fn with(roster: &str, folders: &[&str]) -> Vec<Found> {
    let mut bench = Bench::new();
    for folder in folders {
        bench.put(&format!("{folder}/01_udp_send/src/main.rs"), folder);
    }
    let path = bench.folder.path().join("roster.csv");
    std::fs::write(&path, roster).unwrap();
    bench.request.roster = Some(path);
    bench.discover().found
}

fn joined(found: &[Found]) -> Vec<(&str, Joined)> {
    found.iter().map(|found| (found.student.key.as_str(), found.joined)).collect()
}

#[test]
fn a_folder_is_named_after_key_id_address_or_name() {
    let roster = "key,name,id,email\nk1,Ann Example,1,ann@example.org\nk2,Bob Example,2,Bob@Example.org\nk3,Cyd Example,3,\nk4,Dan Example,,\n";
    let found = with(roster, &["k1", "bob@example.org", "3", "Dan Example", "eve"]);
    let wanted = [
        ("k3", Joined::ById),
        ("k4", Joined::ByName),
        ("k2", Joined::ByEmail),
        ("eve", Joined::No),
        ("k1", Joined::ByKey),
    ];
    assert_eq!(joined(&found), wanted);
    assert_eq!(found[2].student.name.as_deref(), Some("Bob Example"));
}

#[test]
fn who_handed_in_nothing_has_a_row() {
    let found = with("name,id\nAnn,1\nBob,2\n", &["1"]);
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[1].student.key.as_str(), found[1].trouble.as_ref().unwrap().kind.as_str()),
        ("2", "missing")
    );
    let into = tempfile::tempdir().unwrap();
    assert_eq!(found[1].take(into.path()).unwrap().trouble, found[1].trouble);
}

#[test]
fn equal_names_are_kept_apart() {
    // Told apart by Moodle's numbers, with a roster that has names alone.
    let roster = "name\nWang Wei\nWang Wei\n";
    let names = ["Wang Wei_1_assignsubmission_file", "Wang Wei_2_assignsubmission_file"];
    let found = with(roster, &names);
    assert_eq!(joined(&found)[..2], [("1", Joined::No), ("2", Joined::No)]);
    assert!(found[0].notes[0].contains("more than one student"), "{:?}", found[0].notes);
    // One row of that name is not both of them either.
    assert_eq!(joined(&with("name\nWang Wei\n", &names))[..2], [("1", Joined::No), ("2", Joined::No)]);
    // Two rows of one name: a folder of that name is nobody's for certain, and every key is unique.
    let found = with("name\nWang Wei\nWang Wei\n", &["Wang Wei"]);
    let keys: Vec<&str> = found.iter().map(|found| found.student.key.as_str()).collect();
    assert_eq!(keys, ["Wang Wei", "Wang Wei-2", "Wang Wei-3"]);
    assert_eq!(found[0].joined, Joined::No);
}

#[test]
fn a_canvas_grade_book() {
    let roster = "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (77),Current Score\n    Points Possible,,,,,10,\n\"Example, Ann\",101,s1,ann1,CS-A,,\n\"Example, Bob\",102,s2,bob1,CS-B,,\n\n";
    let mut bench = Bench::new();
    bench.put("exampleann_101_9001_hw.zip", zip(&[(MAIN, "a")]));
    let path = bench.folder.path().join("grades.csv");
    std::fs::write(&path, roster).unwrap();
    bench.request.roster = Some(path);
    let found = bench.discover().found;
    assert_eq!(joined(&found)[0], ("101", Joined::ById));
    let ann = &found[0].student;
    assert_eq!(ann.name.as_deref(), Some("Example, Ann"));
    let more: Vec<(&str, &str)> =
        ann.more.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(more, [("SIS Login ID", "ann1"), ("SIS User ID", "s1"), ("Section", "CS-A")]);
    assert_eq!(found[1].student.key, "102");
}

#[test]
fn a_moodle_worksheet() {
    let roster = "\u{feff}Identifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum Grade\"\nParticipant 17,Ann Example,ann@example.org,Submitted,,100\n";
    let found = with(roster, &["Ann Example_17_assignsubmission_file"]);
    assert_eq!(joined(&found), [("17", Joined::ById)]);
    assert_eq!(found[0].student.email.as_deref(), Some("ann@example.org"));
}

#[test]
fn the_roster_may_tell_when() {
    let found = with("id;name;submitted\r\n1;Ann;2026-11-20T18:00:00+08:00\r\n2;Bob;\r\n", &["1", "2"]);
    assert_eq!((found[0].submitted_at, found[0].time_from), (Some(1_795_168_800), TimeFrom::Roster));
    assert_eq!(found[1].time_from, TimeFrom::Files);
}

#[test]
fn first_and_last_name_are_the_name() {
    let roster = "First name,Last name,ID number,Email address\nAnn,Example,17,ann@example.org\nBob,,18,\n";
    let found = with(roster, &["17", "Bob"]);
    assert_eq!(joined(&found), [("ann@example.org", Joined::ById), ("Bob", Joined::ByName)]);
    assert_eq!(found[0].student.name.as_deref(), Some("Ann Example"));
    assert_eq!(found[0].student.more["Last name"], "Example");
    let found = with("name,first name,last name\nAnn of Ex,Ann,Ex\n", &["Ann of Ex"]);
    assert_eq!(joined(&found), [("Ann of Ex", Joined::ByName)]);
}

#[test]
fn a_row_of_a_cell_is_a_row_where_there_is_one_column() {
    assert_eq!(with("name\n\nAnn\n  \n\"B\"\"ob\"\n", &["Ann"]).len(), 2);
}
