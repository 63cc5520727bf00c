//! What a source is: one student's, a class, several sources.

use super::support::{Bench, MAIN, gzip, tar, zip};

fn keys(bench: &Bench) -> Vec<String> {
    bench.discover().found.into_iter().map(|found| found.student.key).collect()
}

#[test]
fn a_folder_of_folders_and_archives_is_a_class() {
    let bench = Bench::new();
    bench.put("ann/01_udp_send/src/main.rs", "a").put("bob/hw/udp_send/src/main.rs", "b");
    bench.put("cyd.zip", zip(&[(MAIN, "c")])).put("学生.tar.gz", gzip(&tar(&[(MAIN, "d")])));
    bench.put("e.*(x)+[y]$.tgz", gzip(&tar(&[(MAIN, "e")]))).put("grades.ods", "");
    let intake = bench.discover();
    let found: Vec<(&str, usize)> =
        intake.found.iter().map(|found| (found.student.key.as_str(), found.present().count())).collect();
    assert_eq!(found, [("ann", 1), ("bob", 1), ("cyd", 1), ("e.*(x)+[y]$", 1), ("学生", 1)]);
    assert_eq!(intake.unrecognised.len(), 1);
    assert!(intake.unrecognised[0].path.ends_with("in/grades.ods"));
    assert!(intake.found.iter().all(|found| bench.take(found).1.len() == 1));
}

#[test]
fn one_students_folder_is_known_by_its_exercises() {
    for path in
        ["ann/01_udp_send/src/main.rs", "ann/exercises/01_udp_send/src/main.rs", "ann/udp_send/main.rs"]
    {
        let mut bench = Bench::new();
        bench.put(path, "a").put("ann/README.md", "");
        bench.only("ann");
        assert_eq!(keys(&bench), ["ann"], "{path}");
        assert_eq!(bench.take(&bench.one()).1.len(), 1, "{path}");
    }
}

#[test]
fn a_class_of_one_is_still_a_class() {
    let bench = Bench::new();
    bench.put("ann/hw/01_udp_send/src/main.rs", "a");
    assert_eq!(keys(&bench), ["ann"]);
}

#[test]
fn an_archive_may_hold_a_class_or_one_student() {
    let mut bench = Bench::new();
    bench.put(
        "class.zip",
        zip(&[
            ("class/ann/01_udp_send/src/main.rs", "a"),
            ("class/bob.zip", "no zip"),
            ("class/dan/udp_send/main.rs", "d"),
        ]),
    );
    bench.put("cyd.zip", zip(&[("repo-main/exercises/01_udp_send/src/main.rs", "c")]));
    bench.only("class.zip");
    bench.request.sources.push(bench.path("cyd.zip"));
    let intake = bench.discover();
    let rows: Vec<(&str, usize)> =
        intake.found.iter().map(|found| (found.student.key.as_str(), found.present().count())).collect();
    assert_eq!(rows, [("ann", 1), ("bob", 0), ("dan", 1), ("cyd", 1)]);
    assert!(intake.found[0].source.ends_with("in/class.zip!class/ann"), "{}", intake.found[0].source);
    assert_eq!(bench.take(&intake.found[0]).1[MAIN], "a");
}

#[test]
fn a_tar_gz_of_a_class_is_unpacked_once() {
    let mut bench = Bench::new();
    let inner = zip(&[(MAIN, "b")]);
    let inner = String::from_utf8_lossy(&inner).into_owned();
    bench.put("all.tgz", gzip(&tar(&[("ann/01_udp_send/src/main.rs", "a"), ("bob/x.zip", &inner)])));
    bench.only("all.tgz");
    let intake = bench.discover();
    // The file may even go: what is graded later was kept.
    std::fs::remove_file(bench.path("all.tgz")).unwrap();
    assert_eq!(bench.take(&intake.found[0]).1[MAIN], "a");
}

#[test]
fn the_newer_of_two_submissions_counts_and_the_older_is_told() {
    let mut bench = Bench::new();
    bench.put("first/ann/01_udp_send/src/main.rs", "old").put("first/bob/01_udp_send/src/main.rs", "b");
    bench.put("second/ann/01_udp_send/src/main.rs", "new").put("second/cyd/01_udp_send/src/main.rs", "c");
    let age = |path: &str, seconds: u64| {
        let file = std::fs::File::options().write(true).open(bench.path(path)).unwrap();
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        file.set_modified(time).unwrap();
    };
    age("first/ann/01_udp_send/src/main.rs", 1_000_000_000);
    age("second/ann/01_udp_send/src/main.rs", 1_000_000_001);
    // In either order on the command line.
    bench.request.sources = vec![bench.path("second"), bench.path("first")];
    let intake = bench.discover();
    let ann: Vec<_> = intake.found.iter().filter(|found| found.student.key == "ann").collect();
    assert_eq!((ann.len(), ann[0].submitted_at), (1, Some(1_000_000_001)));
    assert_eq!(bench.take(ann[0]).1[MAIN], "new");
    assert_eq!((intake.found.len(), intake.unrecognised.len()), (3, 1));
    let row = &intake.unrecognised[0];
    assert!(row.path.ends_with("first/ann") && row.why.contains("the newest counts"), "{row:?}");
    assert_eq!(ann[0].notes.len(), 1);
}

#[test]
fn the_same_stem_twice_in_one_folder_is_one_student() {
    let bench = Bench::new();
    bench.put("ann.zip", zip(&[(MAIN, "a")])).put("ann/01_udp_send/src/main.rs", "b");
    bench.put("bob/01_udp_send/src/main.rs", "b");
    let intake = bench.discover();
    assert_eq!((intake.found.len(), intake.unrecognised.len()), (2, 1));
}

#[test]
fn each_of_several_sources_is_a_students_unless_it_is_a_class() {
    let mut bench = Bench::new();
    // Whatever they call the folders inside, nobody becomes a student `code`.
    bench.put("ann.zip", zip(&[("hw/code/01_udp_send/src/main.rs", "a"), ("hw/docs/x.md", "")]));
    bench.put("bob/code/01_udp_send/src/main.rs", "b").put("bob/docs/x.md", "");
    bench.put("cyd.zip", zip(&[("report.pdf", "")])).put("dan.zip", zip(&[])).put("eve/report.pdf", "");
    bench.request.sources =
        ["ann.zip", "bob", "cyd.zip", "dan.zip", "eve"].map(|name| bench.path(name)).to_vec();
    let intake = bench.discover();
    let rows: Vec<(&str, String)> = intake
        .found
        .iter()
        .map(|found| (found.student.key.as_str(), super::support::kind(found.trouble.as_ref())))
        .collect();
    let wanted =
        [("ann", "-"), ("bob", "-"), ("cyd", "wrong_layout"), ("dan", "empty"), ("eve", "wrong_layout")];
    assert_eq!(rows, wanted.map(|(key, kind)| (key, kind.to_owned())));
    assert!(intake.unrecognised.is_empty());
    assert_eq!(bench.take(&intake.found[0]).1[MAIN], "a");
}
