//! Where in a submission an exercise may lie.

use super::support::{Bench, CLIENT, MAIN, SERVER, kinds, zip};

/// Files of one submission, and those that are taken of it.
fn taken(bench: &Bench, files: &[&str]) -> (Vec<String>, Vec<String>) {
    bench.put("ann.zip", zip(&files.iter().map(|path| (*path, *path)).collect::<Vec<_>>()));
    let (taken, written) = bench.take(&bench.one());
    (written.into_keys().collect(), kinds(&taken))
}

#[test]
fn exercises_are_found_wherever_they_lie() {
    for files in [
        &[MAIN, SERVER, CLIENT][..],
        &[
            "exercises/01_udp_send/src/main.rs",
            "exercises/03_tcp_one_liner/src/bin/server.rs",
            "exercises/03_tcp_one_liner/src/bin/client.rs",
        ],
        &[
            "a/b (1)/作业/01_udp_send/src/main.rs",
            "x/tcp_one_liner/src/bin/server.rs",
            "x/tcp_one_liner/src/bin/client.rs",
        ],
        &["udp_send/src/main.rs", "03-TCP-One-Liner/server.rs", "03-TCP-One-Liner/client.rs"],
        &["01_udp_send.rs", "tcp_one_liner_server.rs", "03_tcp_one_liner_client-1.rs"],
        // What comes with a clone of a course, and what builds leave.
        &[
            MAIN,
            SERVER,
            CLIENT,
            "solutions/01_udp_send/src/main.rs",
            "solutions/03_tcp_one_liner/variants/x/src/bin/server.rs",
        ],
        &[
            MAIN,
            SERVER,
            CLIENT,
            "target/package/01_udp_send/src/main.rs",
            ".git/01_udp_send/src/main.rs",
            "__MACOSX/01_udp_send/src/._main.rs",
            "01_udp_send/src/.DS_Store",
        ],
    ] {
        let (written, kinds) = taken(&Bench::new(), files);
        assert_eq!(written, [MAIN, CLIENT, SERVER], "{files:?}");
        assert_eq!(kinds, ["-", "-"], "{files:?}");
    }
}

#[test]
fn modules_come_along_and_nothing_else() {
    let files = [
        MAIN,
        "01_udp_send/src/net/mod.rs",
        "01_udp_send/src/target/mod.rs",
        "01_udp_send/src/学习.rs",
        "01_udp_send/src/data.bin",
        "01_udp_send/Cargo.toml",
        "01_udp_send/build.rs",
        "01_udp_send/.cargo/config.toml",
        "01_udp_send/src/.hidden.rs",
    ];
    let (written, _) = taken(&Bench::new(), &files);
    let wanted = [
        "01_udp_send/src/data.bin",
        MAIN,
        "01_udp_send/src/net/mod.rs",
        "01_udp_send/src/target/mod.rs",
        "01_udp_send/src/学习.rs",
    ];
    assert_eq!(written, wanted);
}

#[test]
fn a_course_of_one_exercise_needs_no_name() {
    for file in
        ["src/main.rs", "main.rs", "homework/src/main.rs", "homework/main-2.rs", "a/b/udp_send/main.rs"]
    {
        let (written, kinds) = taken(&Bench::of_one(), &[file]);
        assert_eq!((written, kinds), (vec![MAIN.to_owned()], vec!["-".to_owned()]), "{file}");
    }
}

#[test]
fn a_class_may_be_a_folder_of_sources_if_one_is_asked_for() {
    let bench = Bench::of_one();
    bench.put("ann.rs", "a").put("bob.rs", "b").put("notes.txt", "n");
    let intake = bench.discover();
    let keys: Vec<&str> = intake.found.iter().map(|found| found.student.key.as_str()).collect();
    assert_eq!(keys, ["ann", "bob"]);
    assert_eq!(bench.take(&intake.found[1]).1[MAIN], "b");
    assert_eq!(intake.unrecognised.len(), 1);
}

#[test]
fn two_places_for_one_exercise_are_named() {
    let files = ["old/01_udp_send/src/main.rs", "new/01_udp_send/src/main.rs", SERVER, CLIENT];
    let bench = Bench::new();
    let (written, kinds) = taken(&bench, &files);
    assert_eq!((written, kinds), (vec![CLIENT.into(), SERVER.into()], vec!["ambiguous".into(), "-".into()]));
    let message = bench.one().exercises[0].trouble.clone().unwrap().message;
    assert!(message.contains("`ann/new/01_udp_send` and `ann/old/01_udp_send`"), "{message}");
}

#[test]
fn half_an_exercise_is_taken_and_told() {
    let (written, kinds) = taken(&Bench::new(), &[SERVER]);
    assert_eq!((written, kinds), (vec![SERVER.into()], vec!["-".into(), "incomplete".into()]));
}

#[test]
fn a_folder_with_sources_wins_over_one_without() {
    let files = ["docs/01_udp_send/src/notes.rs", MAIN];
    let (written, kinds) = taken(&Bench::new(), &files);
    assert_eq!((written, kinds), (vec![MAIN.into()], vec!["-".into(), "-".into()]));
}

#[test]
fn archives_are_opened_only_while_something_is_missing() {
    let old = zip(&[("01_udp_send/src/main.rs", "old")]);
    let bench = Bench::new();
    bench.put("ann/01_udp_send/src/main.rs", "new").put("ann/backup.zip", &old);
    bench.put("ann/03_tcp_one_liner.zip", zip(&[("src/bin/server.rs", "s"), ("src/bin/client.rs", "c")]));
    bench.put("bob/x", "");
    let found = bench.discover().found.remove(0);
    let (taken, written) = bench.take(&found);
    assert_eq!(kinds(&taken), ["-", "-"]);
    assert_eq!((written[MAIN].as_str(), written[SERVER].as_str()), ("new", "s"));
}

#[test]
fn the_reference_that_comes_with_a_clone_is_nobodys_work() {
    let bench = Bench::new();
    let files = [SERVER, CLIENT, "solutions/01_udp_send/src/main.rs", "exercises/01_udp_send/README.md"];
    let (written, kinds) = taken(&bench, &files);
    assert_eq!((written, kinds), (vec![CLIENT.into(), SERVER.into()], vec!["-".into(), "-".into()]));
    let found = bench.one();
    assert_eq!(found.present().collect::<Vec<_>>(), ["03_tcp_one_liner"]);
    let note = "01_udp_send: the sources in `ann/solutions/01_udp_send` are the course's own reference, and not \
                taken; the work belongs in `exercises/01_udp_send`";
    assert_eq!(found.notes, [note]);
    // Where nothing else is there.
    for files in [
        &["solutions/01_udp_send/src/main.rs", "solutions/01_udp_send/starter/src/main.rs"][..],
        &["course/exercises/01_udp_send/README.md", "course/solutions/01_udp_send/variants/x/src/main.rs"],
        &["solutions/01_udp_send/src/main.rs"],
    ] {
        for bench in [Bench::new(), Bench::of_one()] {
            for (at, path) in files.iter().enumerate() {
                bench.put(&format!("bob/{path}"), format!("{at}"));
            }
            bench.put("cyd/01_udp_send/src/main.rs", "c");
            let found = bench.discover().found.remove(0);
            assert_eq!(found.present().count(), 0, "{files:?}");
            let trouble = found.trouble.unwrap();
            assert_eq!(trouble.kind, "wrong_layout");
            assert!(trouble.message.contains("the course's own reference"), "{}", trouble.message);
        }
    }
}

#[test]
fn an_archive_or_a_class_may_be_called_solutions() {
    let bench = Bench::of_one();
    bench.put("ann/solutions.zip", zip(&[(MAIN, "a")])).put("bob/01_udp_send/src/main.rs", "b");
    let found = bench.discover().found;
    assert_eq!(found.iter().map(|found| found.present().count()).collect::<Vec<_>>(), [1, 1]);
    let mut bench = Bench::new();
    bench.put("solutions/ann/01_udp_send/src/main.rs", "a").put("solutions/bob/01_udp_send/src/main.rs", "b");
    let found = bench.only("solutions").discover().found;
    assert_eq!(found.iter().map(|found| found.present().count()).collect::<Vec<_>>(), [1, 1]);
}
