//! Bulk downloads of Moodle and Canvas, and patterns of the instructor's own.

use super::support::{Bench, CLIENT, MAIN, SERVER, zip};
use crate::submission::Intake;

/// `files` as the entries of a zip that is named, and as a folder that is named.
fn both(files: &[(&str, Vec<u8>)], check: impl Fn(&Bench, &Intake)) {
    let mut bench = Bench::new();
    let lies: Vec<_> = files.iter().map(|(name, content)| super::support::Lie::new(name, content)).collect();
    bench.put("bulk.zip", super::support::zip_of(&lies));
    bench.only("bulk.zip");
    check(&bench, &bench.discover());
    let bench = Bench::new();
    for (name, content) in files {
        bench.put(name, content);
    }
    check(&bench, &bench.discover());
}

/// Key, name, id, marked late, exercises.
type Row = (String, Option<String>, Option<String>, bool, usize);

fn rows(intake: &Intake) -> Vec<Row> {
    let row = |found: &crate::submission::Found| {
        let student = found.student.clone();
        (student.key, student.name, student.id, found.late_mark, found.present().count())
    };
    let mut rows: Vec<Row> = intake.found.iter().map(row).collect();
    rows.sort();
    rows
}

fn row(key: &str, name: &str, id: &str, late: bool, exercises: usize) -> Row {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    (key.to_owned(), some(name), some(id), late, exercises)
}

#[test]
fn moodle_with_folders() {
    let files = [
        ("Ann Example_101_assignsubmission_file/hw.zip", zip(&[(MAIN, "a"), (SERVER, "s"), (CLIENT, "c")])),
        ("Ann Example_101_assignsubmission_onlinetext/onlinetext.html", b"<p>see file".to_vec()),
        ("Ann Example_102_assignsubmission_file/01_udp_send/src/main.rs", b"b".to_vec()),
        ("学生 例_103_assignsubmission_file_/main.zip", zip(&[("作业/01_udp_send/src/main.rs", "d")])),
        ("Cyd (x)+ Example_104_assignsubmission_onlinetext/onlinetext.html", b"fn main() {}".to_vec()),
    ];
    both(&files, |bench, intake| {
        let wanted = [
            row("101", "Ann Example", "101", false, 2),
            row("102", "Ann Example", "102", false, 1),
            row("103", "学生 例", "103", false, 1),
            row("104", "Cyd (x)+ Example", "104", false, 0),
        ];
        assert_eq!(rows(intake), wanted);
        let cyd = intake.found.iter().find(|found| found.student.key == "104").unwrap();
        assert_eq!(cyd.trouble.as_ref().unwrap().kind, "empty");
        assert!(intake.unrecognised.is_empty());
        let ann = intake.found.iter().find(|found| found.student.key == "101").unwrap();
        assert_eq!(bench.take(ann).1.len(), 3);
    });
}

#[test]
fn moodle_without_folders() {
    let files = [
        ("Ann Example_101_assignsubmission_file_01_udp_send.zip", zip(&[("src/main.rs", "a")])),
        ("Ann Example_101_assignsubmission_file_tcp_one_liner_server.rs", b"s".to_vec()),
        ("Ann Example_101_assignsubmission_file_tcp_one_liner_client.rs", b"c".to_vec()),
        ("Bob Example_102_assignsubmission_file_01_udp_send.rs", b"b".to_vec()),
        ("grading worksheet.csv", b"".to_vec()),
    ];
    both(&files, |bench, intake| {
        let wanted = [row("101", "Ann Example", "101", false, 2), row("102", "Bob Example", "102", false, 1)];
        assert_eq!(rows(intake), wanted);
        assert_eq!(intake.unrecognised.len(), 1);
        let (_, written) = bench.take(&intake.found[0]);
        assert_eq!(written.into_keys().collect::<Vec<_>>(), [MAIN, CLIENT, SERVER]);
    });
}

#[test]
fn canvas() {
    let files = [
        ("exampleann_101_9001_hw.zip", zip(&[(MAIN, "a")])),
        ("examplebob_LATE_102_9002_01_udp_send-1.rs", b"b".to_vec()),
        ("examplebob_LATE_102_9003_tcp_one_liner_server.rs", b"s".to_vec()),
        ("examplecyd_103_text.html", b"<p>".to_vec()),
        ("学生_104_9004_hw.zip", b"not a zip".to_vec()),
    ];
    both(&files, |bench, intake| {
        let wanted = [
            row("101", "exampleann", "101", false, 1),
            row("102", "examplebob", "102", true, 2),
            row("103", "examplecyd", "103", false, 0),
            row("104", "学生", "104", false, 0),
        ];
        assert_eq!(rows(intake), wanted);
        let kinds: Vec<String> =
            intake.found.iter().map(|found| super::support::kind(found.trouble.as_ref())).collect();
        assert_eq!(kinds, ["-", "-", "empty", "broken_archive"]);
        assert_eq!(bench.take(&intake.found[1]).1[MAIN], "b");
    });
}

#[test]
fn canvas_anonymous() {
    let files =
        [("anon_aX3_9001_hw.zip", zip(&[(MAIN, "a")])), ("LATE_anon_bY4_9002_udp_send.rs", b"b".to_vec())];
    both(&files, |_, intake| {
        assert_eq!(
            rows(intake),
            [row("anon_aX3", "", "anon_aX3", false, 1), row("anon_bY4", "", "anon_bY4", true, 1)]
        );
    });
}

#[test]
fn a_class_that_looks_a_little_like_canvas_is_none() {
    let bench = Bench::new();
    for name in ["ann", "bob", "cyd_1_2_x"] {
        bench.put(&format!("{name}/01_udp_send/src/main.rs"), "");
    }
    let keys: Vec<String> = bench.discover().found.into_iter().map(|found| found.student.key).collect();
    assert_eq!(keys, ["ann", "bob", "cyd_1_2_x"]);
}

#[test]
fn a_bulk_download_with_a_folder_around_it() {
    let mut bench = Bench::new();
    let name = "export/CS-101 hw/Ann Example_7_assignsubmission_file/01_udp_send/src/main.rs";
    bench.put("x.zip", zip(&[(name, "a")]));
    bench.only("x.zip");
    assert_eq!(rows(&bench.discover()), [row("7", "Ann Example", "7", false, 1)]);
}

#[test]
fn a_name_that_climbs_out_of_a_bulk_download_harms_its_own_file() {
    let mut bench = Bench::new();
    let good = "Ann Example_7_assignsubmission_file/01_udp_send/src/main.rs";
    bench.put("x.zip", zip(&[(good, "a"), ("Bob_8_assignsubmission_file/../../../evil", "b")]));
    bench.only("x.zip");
    let intake = bench.discover();
    assert_eq!(rows(&intake).len(), 1);
    assert!(intake.unrecognised[0].path.contains("evil"), "{:?}", intake.unrecognised);
}

#[test]
fn patterns_of_the_instructors_own() {
    let mut bench = Bench::new();
    for path in [
        "group a/s-17 ann@example.org/01_udp_send/src/main.rs",
        "group a/s-18 bob@example.org/x/udp_send/src/main.rs",
        "group b/notes/readme.txt",
        "loose.txt",
    ] {
        bench.put(path, "x");
    }
    bench.request.pattern = Some(r"group \w/s-(?P<id>\d+) (?P<email>\S+@\S+)".to_owned());
    let intake = bench.discover();
    assert_eq!(rows(&intake), [row("17", "", "17", false, 1), row("18", "", "18", false, 1)]);
    assert_eq!(intake.found[0].student.email.as_deref(), Some("ann@example.org"));
    let passed: Vec<&str> =
        intake.unrecognised.iter().map(|row| row.path.rsplit("in/").next().unwrap()).collect();
    assert_eq!(passed, ["group b", "loose.txt"]);
}

#[test]
fn a_pattern_may_tell_the_attempt() {
    let mut bench = Bench::new();
    for attempt in [9, 10] {
        let content = format!("{attempt}");
        bench.put(
            &format!("ann_{attempt}.zip"),
            super::support::zip_of(&[super::support::Lie::new(MAIN, content)]),
        );
    }
    bench.request.pattern = Some(r"(?P<name>\w+)_(?P<attempt>\d+)\.zip".to_owned());
    let intake = bench.discover();
    assert_eq!((intake.found.len(), intake.unrecognised.len()), (1, 1));
    assert_eq!(bench.take(&intake.found[0]).1[MAIN], "10");
}

#[test]
fn a_zip_in_a_zip_in_a_zip() {
    let inner = super::support::Lie::new("hw.zip", zip(&[(MAIN, "a")]));
    let middle = super::support::Lie::new("again.zip", super::support::zip_of(&[inner]));
    let bench = Bench::new();
    let (_, taken, written) = bench.archive("ann.zip", &super::support::zip_of(&[middle]));
    assert_eq!((super::support::kinds(&taken), written[MAIN].as_str()), (vec!["-".into(), "-".into()], "a"));
}
