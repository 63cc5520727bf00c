//! The instructor's own mistakes: an error with place and cure, before anything is looked at.

use super::support::Bench;
use crate::submission::IntakeError;

fn roster(content: impl AsRef<[u8]>) -> IntakeError {
    let mut bench = Bench::new();
    let path = bench.folder.path().join("roster.csv");
    std::fs::write(&path, content).unwrap();
    bench.request.roster = Some(path);
    bench.request.discover(&|_, _| ()).unwrap_err()
}

#[test]
fn rosters() {
    for (content, place, message) in [
        ("name,id,points\nAnn,1,2\n", Some((1, 9)), "unknown column `points`"),
        ("\"na, me\",姓名\n", Some((1, 1)), "unknown column `na, me`"),
        ("id,姓名\n1,x\n", Some((1, 4)), "unknown column `姓名`"),
        ("Bezeichnung;Vollständiger Name\n", Some((1, 1)), "unknown column `Bezeichnung`"),
        ("section,group\nA,1\n", Some((1, 1)), "no column tells whose a row is"),
        ("name,id,name\nA,1,B\n", Some((1, 9)), "the columns `name` and `name` are for one thing"),
        ("Student,name\nA,B\n", Some((1, 9)), "the columns `Student` and `name` are for one thing"),
        ("name,id\nAnn,1\n\nBob,1\n", Some((4, 1)), "the id `1` is that of line 2 too"),
        ("name,email\nA,a@b.c\nB,A@B.C\n", Some((3, 1)), "the email `A@B.C` is that of line 2 too"),
        ("name,id\nAnn,1,2\n", Some((2, 5)), "the row has 3 cells, the header 2"),
        ("name,id,section\n,,A\n", Some((2, 1)), "the row does not say whose it is"),
        ("id,submitted\n\"x\ny\",never\n", Some((3, 4)), "`never` is no time"),
        ("id,submitted\n1,20261120\n", Some((2, 3)), "`20261120` is no time"),
        ("name,id\n\"ann,1\nbob,2\ncyd,3", Some((2, 1)), "a quote is never closed"),
        ("name,id\nann,1\nbob,\"2\ncyd,3\n", Some((3, 5)), "a quote is never closed"),
        ("name,id\nann\nbob,2\n", Some((2, 1)), "the row has 1 cell, the header 2"),
        (
            "id,submitted,submitted_at\n1,1795168800,1795168801\n",
            Some((1, 14)),
            "the columns `submitted` and `submitted_at` are for one thing",
        ),
        (
            "id,section,Section\n1,A,B\n",
            Some((1, 12)),
            "the columns `section` and `Section` are for one thing",
        ),
        ("", Some((1, 1)), "the roster is empty"),
    ] {
        let error = roster(content);
        assert_eq!((error.place, error.message.as_str()), (place, message), "{content:?}");
        assert!(error.file.ends_with("roster.csv") && !error.cure.is_empty(), "{error}");
        if let Some((line, column)) = place {
            assert!(
                error.to_string().contains(&format!("roster.csv:{line}:{column}: {message}; ")),
                "{error}"
            );
        }
    }
    let error = roster(b"name,id\n\xd7\xf7,1\n");
    assert_eq!((error.place, error.message.as_str()), (Some((2, 1)), "the roster is not UTF-8"));
}

#[test]
fn a_roster_that_is_not_there_or_no_file() {
    let mut bench = Bench::new();
    for (path, message) in [("none.csv", "cannot read the roster: "), (".", "the roster is no file")] {
        bench.request.roster = Some(bench.path(path));
        let error = bench.request.discover(&|_, _| ()).unwrap_err();
        assert!(error.message.starts_with(message), "{error}");
    }
}

#[test]
fn sources_that_are_not_there() {
    let mut bench = Bench::new();
    let error = bench.only("none").request.discover(&|_, _| ()).unwrap_err();
    assert!(error.to_string().contains("in/none: cannot read it: "), "{error}");
    bench.request.sources = vec!["/dev/null".into()];
    assert!(bench.request.discover(&|_, _| ()).unwrap_err().message.contains("device"));
    bench.request.sources.clear();
    assert!(bench.request.discover(&|_, _| ()).is_err());
}

#[test]
fn patterns() {
    let mut bench = Bench::new();
    for (pattern, place, message) in [
        ("(?P<name>", None, "this is no regular expression"),
        (")(?P<name>x)(", None, "this is no regular expression"),
        ("(?P<id>x)(?P<nmae>.*)", Some((1, 14)), "unknown group `nmae`"),
        (".*", None, "it does not tell whose a submission is"),
        ("(?P<rest>.*)", None, "it does not tell whose a submission is"),
        ("(?P<name>(?:\\w{1000}){1000})", None, "this is no regular expression"),
    ] {
        bench.request.pattern = Some(pattern.to_owned());
        let error = bench.request.discover(&|_, _| ()).unwrap_err();
        assert!(error.message.starts_with(message), "{error}");
        assert_eq!((error.place, error.file.as_str()), (place, "--pattern"), "{pattern}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}
