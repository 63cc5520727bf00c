//! Files, and who holds what.

use super::{all, bytes};
use crate::record::fact::{Fact, FileFound, Holder, Holding};

#[test]
fn files_and_holders() {
    let file = |found| Fact::File { path: "box/dest.bin".into(), want: "the bytes of `big`".into(), found };
    let differs = FileFound::Differs { at: 2, want: bytes("ab\n"), got: bytes("ab\r\n") };
    let holder = |pid, alive| Holder { pid, parent: 12, alive };
    let holding = |name: &str, told, holders| Holding { connection: name.into(), told, holders };
    let holders = Fact::Holders {
        part: "p".into(),
        main: 12,
        holdings: vec![
            holding("main", Some(12), vec![holder(12, true), holder(13, false)]),
            holding("music", None, vec![]),
        ],
        children: vec![13, 14],
        problem: "coding is held by two processes".into(),
    };
    let table: Vec<(Fact, &[&str])> = vec![
        (file(FileFound::Missing), &["box/dest.bin: the bytes of `big`", "no such file"]),
        (file(FileFound::Kind("a folder".into())), &["it is a folder"]),
        (file(differs), &["ab\\n", "ab\\r\\n", "^ 2 bytes right", "\\n alone"]),
        (file(FileFound::Present { len: 1234 }), &["it is there, with 1,234 bytes", "rename"]),
        (
            file(FileFound::Neighbours(vec!["a\u{202e}.tmp".into()])),
            &["beside it there is a\\u{202e}.tmp", "removed"],
        ),
        (
            holders,
            &[
                "main and music",
                "two processes",
                "12 (the first) and 13 (child of 12, ended), told as 12",
                "nobody",
                "13 and 14",
            ],
        ),
    ];
    all(table);
}
