//! Copying: digests, and the machine's own trouble.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};

use super::support::{Bench, CLIENT, MAIN, SERVER, gzip, tar, zip};

#[test]
fn equal_sources_have_one_digest_whatever_they_came_in() {
    let files = [(MAIN, "m"), (SERVER, "s"), (CLIENT, "c")];
    let bench = Bench::new();
    bench
        .put("a.zip", zip(&files))
        .put("b.tgz", gzip(&tar(&files)))
        .put("d.zip", zip(&[(MAIN, "n"), files[1], files[2]]));
    for (path, content) in files {
        bench.put(&format!("c/x/{path}"), content);
    }
    let taken: Vec<_> = bench.discover().found.iter().map(|found| bench.take(found).0).collect();
    let [a, b, c, d] = &taken[..] else { panic!("{taken:#?}") };
    assert_eq!((&a.digest, &a.exercises), (&b.digest, &b.exercises));
    assert_eq!(&a.digest, &c.digest);
    assert_ne!(&a.digest, &d.digest);
    assert_ne!(a.exercises[0].digest, d.exercises[0].digest);
    assert_eq!(a.exercises[1].digest, d.exercises[1].digest);
    assert_eq!((a.exercises[1].bytes, a.exercises[1].files.len()), (2, 2));
}

#[test]
fn copies_are_files_of_our_own() {
    let bench = Bench::new();
    bench.put("ann/01_udp_send/src/main.rs", "x");
    fs::hard_link(bench.path("ann/01_udp_send/src/main.rs"), bench.folder.path().join("other")).unwrap();
    let into = tempfile::tempdir().unwrap();
    bench.one().take(into.path()).unwrap();
    assert_eq!(fs::metadata(into.path().join(MAIN)).unwrap().nlink(), 1);
}

#[test]
fn a_place_that_is_taken_or_missing_is_our_trouble() {
    let bench = Bench::new();
    bench.put("ann/01_udp_send/src/main.rs", "x");
    let found = bench.one();
    let into = tempfile::tempdir().unwrap();
    let error = found.take(&into.path().join("none")).unwrap_err();
    assert!(error.to_string().starts_with("cannot write "), "{error}");
    // The pristine manifest may be there; sources may not.
    fs::create_dir(into.path().join("01_udp_send")).unwrap();
    fs::write(into.path().join("01_udp_send/Cargo.toml"), "").unwrap();
    found.take(into.path()).unwrap();
    assert!(found.take(into.path()).is_err());
    // A link in the place of the folder is not followed.
    let other = tempfile::tempdir().unwrap();
    let trap = tempfile::tempdir().unwrap();
    symlink(other.path(), trap.path().join("01_udp_send")).unwrap();
    assert!(found.take(trap.path()).is_err());
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
}

#[test]
fn rows_of_a_dry_run() {
    let bench = Bench::new();
    bench.put("ann/01_udp_send/src/main.rs", "x").put("bob/x", "");
    let rows = bench.discover().rows();
    assert_eq!(rows[0].key, "ann");
    let held: Vec<(&str, &str, usize)> =
        rows[0].exercises.iter().map(|held| (held.name.as_str(), held.folder.as_str(), held.files)).collect();
    assert_eq!(held, [("01_udp_send", "01_udp_send", 1), ("03_tcp_one_liner", "", 0)]);
    assert_eq!(rows[1].trouble.as_ref().unwrap().kind, "wrong_layout");
}
