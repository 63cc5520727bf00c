//! Streams of bytes: what was to come next, and ends.

use super::{all, bytes, says};
use crate::record::bytes::Excerpt;
use crate::record::fact::{End, Fact, Want};

fn stream(part: &str, want: Want, got: &str, end: End) -> Fact {
    Fact::Stream { part: part.into(), want, got: bytes(got), differs: None, end }
}

#[test]
fn bytes_that_were_to_come() {
    let want = || Want::Bytes(bytes("hello\n"));
    let table: Vec<(Fact, &[&str])> = vec![
        (stream("bob", want(), "", End::Open), &["bob ← \"hello\\n\"", "nothing within 5 s", "is open"]),
        (
            stream("bob", want(), "", End::Eof),
            &["the end of the stream, before anything", "drops its socket"],
        ),
        (stream("bob", want(), "", End::Reset), &["a reset, before anything", "unread"]),
        (
            stream("bob", want(), "he", End::Open),
            &["(6 bytes)", "(2 bytes)", "^ it stops", "2 of 6 bytes within 5 s"],
        ),
        (stream("bob", want(), "he", End::Eof), &["2 of 6 bytes, then the end of the stream"]),
        (stream("bob", want(), "he", End::Reset), &["2 of 6 bytes, then a reset"]),
        (stream("bob", want(), "hallo\n", End::Open), &["^ 1 byte right, then this"]),
        (stream("bob", want(), "no\n", End::Open), &["^ differs from the first byte"]),
        (
            stream("p.stdout", want(), "", End::Open),
            &["stdout: \"hello\\n\"", "nothing within 5 s; stdout is open"],
        ),
        (stream("p.stderr", want(), "", End::Eof), &["stderr: ", "stderr ended before anything came"]),
        (stream("tap.up", want(), "", End::Open), &["client → "]),
        (stream("tap.down", want(), "x", End::Open), &["server → "]),
    ];
    all(table);
}

#[test]
fn lines_patterns_and_blobs() {
    let table: Vec<(Fact, &[&str])> = vec![
        (
            stream("bob", Want::Lines(vec![bytes("a\n"), bytes("b\n")]), "", End::Open),
            &["any order", "a\\n", "b\\n"],
        ),
        (stream("bob", Want::Lines(vec![bytes("a\n"); 9]), "c\n", End::Open), &["and 4 more", "c\\n"]),
        (
            stream("bob", Want::Pattern("main \\d+".into()), "x\n", End::Eof),
            &["matches main \\d+", "x\\n", "2 bytes, then"],
        ),
        (
            stream("bob", Want::Blob { name: "big".into(), len: 70_000 }, "", End::Open),
            &["70,000 bytes of `big`", "nothing"],
        ),
        (
            stream("bob", Want::Blob { name: "big".into(), len: 70_000 }, "abc", End::Eof),
            &["3 of 70,000 bytes, then"],
        ),
    ];
    all(table);
}

#[test]
fn ends_and_silence() {
    let eof = || Want::Eof { or_reset: false };
    let table: Vec<(Fact, &[&str])> = vec![
        (stream("bob", eof(), "x\n", End::Open), &["the end of the stream", "x\\n\" (2 bytes)"]),
        (stream("bob", eof(), "\n", End::Eof), &["A line end too many"]),
        (stream("bob", eof(), "\0\0\0", End::Open), &["&buffer[..n]"]),
        (stream("bob", eof(), "", End::Open), &["nothing within 5 s", "every clone"]),
        (stream("bob", eof(), "", End::Reset), &["a reset", "unread"]),
        (stream("p.stdout", eof(), "", End::Open), &["the end of stdout", "stdout ends when"]),
        (stream("bob", Want::Eof { or_reset: true }, "", End::Open), &["or a reset"]),
        (stream("bob", Want::Reset, "", End::Eof), &["a reset", "the end of the stream"]),
        (stream("bob", Want::Nothing { ms: 200 }, "x", End::Open), &["nothing for 200 ms", "\"x\" (1 byte)"]),
        (stream("bob", Want::Nothing { ms: 0 }, "", End::Eof), &["nothing more", "the end of the stream"]),
    ];
    all(table);
}

#[test]
fn a_blob_differs_at_a_place() {
    let got = Excerpt::around(&[[b'a'; 4096].as_slice(), b"wrong"].concat(), 4096);
    let want = Want::Blob { name: "big".into(), len: 70_000 };
    let fact = Fact::Stream { part: "bob".into(), want, got, differs: Some(4096), end: End::Open };
    says(fact, &["\"wrong\" (4,101 bytes)", "first 4,096 bytes are right"]);
}
