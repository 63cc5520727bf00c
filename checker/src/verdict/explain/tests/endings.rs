//! How a program ended, and what it left.

use super::{all, at, holds, told};
use crate::record::fact::{Fact, Limit, Process};
use crate::record::observation::Exit;
use crate::verdict::outcome::{CompileTrouble, Detail};

#[test]
fn exits() {
    let part = || String::from("server");
    let exit = |got, reason_missing, last: Option<&str>| Fact::Exit {
        part: part(),
        want: "exit code 1".into(),
        got,
        reason_missing,
        last_line: last.map(str::to_owned),
    };
    let table: Vec<(Fact, &[&str])> = vec![
        (
            Fact::StillRunning { part: part() },
            &["ends by itself", "still runs after 5 s", "waits for something"],
        ),
        (
            exit(Exit::Code(0), false, Some("oh\x1b[2J")),
            &["exit code 1", "exit code 0 (done)", "oh\\u{1b}[2J", "ExitCode"],
        ),
        (exit(Exit::Code(2), false, None), &["exit code 2 (wrong arguments)"]),
        (exit(Exit::Code(101), false, None), &["101 (panicked)", "unwrap()"]),
        (exit(Exit::Signal(13), false, None), &["SIGPIPE", "nobody reads"]),
        (exit(Exit::Code(1), true, None), &["exit code 1 (failed)", "nothing on stderr", "eprintln!"]),
        (exit(Exit::Code(1), true, Some("bye")), &["last line \"bye\"", "what failed"]),
    ];
    all(table);
}

#[test]
fn what_is_left_and_limits() {
    let part = || String::from("server");
    let process = |pid, name: &str| Process { pid, name: name.into() };
    let limit = |which, detail: &str| Fact::Limit { part: part(), which, detail: detail.into() };
    let table: Vec<(Fact, &[&str])> = vec![
        (
            Fact::Left { part: part(), processes: vec![process(14, "coding")] },
            &["1 process is left: coding (pid 14)", "wait()"],
        ),
        (
            Fact::Left { part: part(), processes: vec![process(14, "a\x07"); 12] },
            &["12 processes are left: a\\u{7}", "4 more"],
        ),
        (
            Fact::Survived { part: part(), processes: vec![process(14, "coding")] },
            &["is the last to end", "others had not: coding (pid 14)", "wait()"],
        ),
        (Fact::Survived { part: part(), processes: vec![] }, &["they ended after it"]),
        (Fact::Ended { part: part() }, &["still needed", "ended by itself"]),
        (Fact::Panicked { part: part() }, &["no thread", "crashed", "`?`"]),
        (limit(Limit::Memory, "40 MiB of 32 MiB"), &["memory", "40 MiB of 32 MiB", "piece by piece"]),
        (limit(Limit::Processes, ""), &["threads"]),
        (limit(Limit::Output, ""), &["output", "returns 0"]),
        (limit(Limit::Files, ""), &["files"]),
        (limit(Limit::Cpu, ""), &["processor time"]),
    ];
    all(table);
}

#[test]
fn what_is_no_fact_of_a_step() {
    let crash = |exit, panic: Option<&str>, fact| Detail::Crash {
        part: "server".into(),
        exit,
        panic: panic.map(str::to_owned),
        fact,
    };
    let refused = Fact::NotConnected { part: "ann".into(), to: at("127.0.0.1:5555"), refused: true };
    let compile = |why| Detail::Compile { rendered: "error".into(), why };
    let table: Vec<(Detail, &[&str])> = vec![
        (
            crash(Some(Exit::Code(101)), Some("at src/main.rs:3:1:\noops\x1b["), Some(refused)),
            &["ann connects", "101", "src/main.rs:3:1", "oops\\u{1b}["],
        ),
        (crash(Some(Exit::Signal(11)), None, None), &["goes on", "SIGSEGV (signal 11)", "unsafe code"]),
        (crash(Some(Exit::Signal(6)), None, None), &["SIGABRT", "gave itself up"]),
        (crash(None, Some("oops"), None), &["a thread of the program panicked", "oops"]),
        (Detail::Limit { part: "server".into(), which: Limit::Cpu }, &["processor time", "went over"]),
        (compile(CompileTrouble::Errors), &["compiles", "errors", "first error"]),
        (
            Detail::Compile { rendered: "unlinked crate `rand`".into(), why: CompileTrouble::Errors },
            &["use std", "`mod name;`"],
        ),
        (compile(CompileTrouble::TooLong), &["compiles", "longer than it may"]),
        (compile(CompileTrouble::TooMuch), &["compiles", "memory or room"]),
        (
            Detail::NoSource { path: "src/main.rs".into(), trouble: "no such file".into() },
            &["src/main.rs", "no such file"],
        ),
    ];
    for (detail, words) in table {
        holds(told(detail), words);
    }
}
