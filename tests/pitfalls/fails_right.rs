//! A right program fails.

use super::{ECHO, STARVED, anybodys_folder, course, fails, many, passes, result};
use crate::support::Mini;
use crate::support::procfs::{mark, wait_until_gone};

const LISTENS: &str = r#"{ start = "demo", args = ["${addr}"], on = "listening" },"#;
const EARLY: &str = include_str!("../programs/pitfalls/answers_early.rs");

/// On a busy machine a deadline passes while the program waits for a processor: that time is not counted.
#[test]
fn load() {
    let steps = r#"{ start = "demo" }, { expect = "demo.stdout", line = "computed" },"#;
    let scenario = passes(STARVED, "deadline_s = 1", steps);
    assert_eq!(scenario["flaky"], false, "{scenario:#}");
}

/// Many scenarios at once would be a load of the checker's own making: a few for each processor run at a time, and
/// more only where there is memory for all of them.
#[test]
fn load_and_how_many_at_once() {
    let processors = std::thread::available_parallelism().unwrap().get();
    let at_most = 32 * processors;
    let folder = anybodys_folder();
    let folder = folder.path().display();
    let steps = format!(
        r#"{{ start = "demo", args = ["{folder}", "{at_most}"] }}, {{ expect_exit = "demo", code = 0 }},"#
    );
    let course = Mini::new().exercise("01_demo", &many(at_most + processors, "", &steps));
    let course = course.source("01_demo", include_str!("../programs/pitfalls/counts_company.rs"));
    let all = format!("{0} of {0} scenarios", at_most + processors);
    course.checker(["run", "1", "--isolation", "0"]).says(&all).check();
}

/// Who misses a deadline on a busy machine is tried again alone, and that is told.
#[test]
fn load_and_a_second_try() {
    let remembers = anybodys_folder();
    let file = remembers.path().join("was-here").display().to_string();
    let steps = format!(
        r#"{{ start = "demo", args = ["{file}"] }}, {{ expect = "demo.stdout", line = "computed" }},"#
    );
    let scenario = result(&course(&[("demo", STARVED)], "deadline_s = 1", &steps), "0", 0);
    assert_eq!((&scenario["status"], &scenario["flaky"]), (&"passed".into(), &true.into()), "{scenario:#}");
}

/// The same among others that are done by then, and whose turns nobody needs any more.
#[test]
fn load_and_a_second_try_when_all_others_are_done() {
    let remembers = anybodys_folder();
    let file = remembers.path().join("was-here").display().to_string();
    let expect = r#"{ expect = "demo.stdout", line = "computed" },"#;
    let quick = many(11, "", &format!(r#"{{ start = "demo", args = ["--quick"] }}, {expect}"#));
    let starved = format!(r#"{{ start = "demo", args = ["{file}"] }}, {expect}"#);
    let starved = format!("[[scenario]]\nname = \"the last\"\ndeadline_s = 1\nsteps = [{starved}]\n");
    let quickly = r#"fn main() {
        if std::env::args().any(|arg| arg == "--quick") {
            return println!("computed");
        }"#;
    let course = Mini::new().exercise("01_demo", &(quick + &starved));
    let course = course.source("01_demo", &STARVED.replace("fn main() {", quickly));
    let document = course.checker(["run", "1", "--isolation", "0", "--format", "json"]).json();
    let last = &document["exercises"][0]["scenarios"][11];
    assert_eq!((&last["status"], &last["flaky"]), (&"passed".into(), &true.into()), "{last:#}");
}

/// Whether a server is ready is not found out by connecting: some accept only once.
#[test]
fn readiness_by_connecting() {
    let one_shot = include_str!("../programs/right/receives_a_file.rs");
    let steps = r#"
  { start = "demo", args = ["${addr}", "copy"], on = "listening" },
  { connect = "ann" }, { send = "ann", text = "all" }, { close = "ann", how = "write" },
  { expect = "ann", line = "3" }, { expect_exit = "demo", code = 0 },
"#;
    passes(one_shot, "", steps);
}

/// Who closes with something unread in its socket sends its answer, and then a reset: the answer counts,
/// and the reset only where an orderly end is asked for.
#[test]
fn rst_after_a_valid_answer() {
    let steps = |end: &str| {
        format!(
            r#"{LISTENS} {{ connect = "ann" }}, {{ send = "ann", line = "so much" }},
                {{ expect_exit = "demo", code = 0 }}, {{ expect = "ann", line = "no room for more" }}, {end}"#
        )
    };
    passes(EARLY, "", &steps(""));
    passes(EARLY, "", &steps(r#"{ expect = "ann", eof = true, or_reset = true },"#));
    fails(EARLY, "", &steps(r#"{ expect = "ann", eof = true },"#), "reset");
}

/// Who stops taking an upload may have said why: that is read, and shown.
#[test]
fn epipe_in_mid_upload() {
    let steps = |answer: &str| {
        format!(
            r#"{LISTENS} {{ connect = "ann" }}, {{ hold = "ann" }}, {{ send = "ann", blob = "big" }},
                {{ expect_exit = "demo", code = 0 }}, {{ release = "ann" }},
                {{ expect = "ann", line = "{answer}" }},"#
        )
    };
    let head = "vars = { big = { blob = \"16 MiB\" } }";
    passes(EARLY, head, &steps("no room for more"));
    let failure = fails(EARLY, head, &steps("16777216"), "wrong_bytes");
    assert!(failure["got"].to_string().contains("no room for more"), "{failure:#}");
}

/// Where more clients come than `listen` has room for, the kernel tries again after a second: a deadline
/// must leave time for that, and where it passes all the same the cause is named.
#[test]
fn a_short_backlog() {
    let short = include_str!("../programs/pitfalls/short_backlog.rs");
    let steps = |when: &str| {
        format!(
            r#"
  {{ start = "demo", args = ["${{addr}}"{when}], on = "listening" }}, {{ connect = "ann", each = 100 }},
  {{ expect = "demo.stdout", line = "100 clients" }},
"#
        )
    };
    passes(short, "deadline_s = 1", &steps(", \"late\""));
    let failure = fails(short, "", &steps(""), "deadline");
    assert!(failure.to_string().contains("the listen queue is full"), "{failure:#}");
}

/// A burst of datagrams is more than the kernel keeps for a slow program: they are paced.
#[test]
fn udp_bursts() {
    let counts = include_str!("../programs/pitfalls/counts_slowly.rs");
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "bound" }, { bind = "ann" },
  { repeat = 600, steps = [ { send = "ann", text = "${n}" } ] },
  { send = "ann", text = "" }, { expect = "ann", datagram = "600" },
"#;
    passes(counts, "", steps);
}

/// Who writes much and does not read meanwhile blocks both sides.
#[test]
fn deadlock() {
    let steps = format!(
        r#"{LISTENS} {{ connect = "ann" }},
            {{ send = "ann", blob = "big" }}, {{ expect = "ann", blob = "big" }},"#
    );
    let by_turns = include_str!("../programs/pitfalls/echoes_by_turns.rs");
    passes(by_turns, "vars = { big = { blob = \"32 MiB\" } }", &steps);
}

/// A grandchild that holds the pipe holds up nobody, and a session of its own does not save it.
#[test]
fn leftovers() {
    let daemon = include_str!("../programs/hostile/daemon.rs");
    for rung in ["3", "0"] {
        let mark = mark(&format!("leftovers-{rung}"));
        let steps = format!(
            r#"{{ start = "demo", args = ["{mark}"] }}, {{ expect = "demo.stdout", line = "gone" }},
                {{ expect_exit = "demo", code = 0 }},"#
        );
        let scenario = result(&course(&[("demo", daemon)], "deadline_s = 1", &steps), rung, 1);
        assert_eq!(scenario["failure"]["finding"], "left_processes", "{scenario:#}");
        wait_until_gone(&mark);
    }
}

/// What the checker has in memory when it starts a program is none of the program's.
#[test]
fn peak_memory_by_rusage() {
    let prints = include_str!("../programs/pitfalls/prints_much.rs");
    let steps = r#"
  { start = "big", program = "demo", args = ["48"] }, { expect = "big.stderr", line = "printed" },
  { start = "small", program = "exits", args = ["0"], memory_mib = 16 }, { expect_exit = "small", code = 0 },
"#;
    let exits = include_str!("../programs/right/exits.rs");
    let course = course(&[("demo", prints), ("exits", exits)], "", steps).limits("output_kib = 65536");
    let scenario = result(&course, "3", 0);
    assert_eq!(scenario["status"], "passed", "{scenario:#}");
}

/// A program need not read what is typed, nor keep its stdin open.
#[test]
fn a_program_that_reads_no_stdin() {
    let ignores = include_str!("../programs/pitfalls/ignores_stdin.rs");
    for how in ["closes", "lets it be"] {
        let steps = format!(
            r#"{{ start = "demo", args = ["{how}"] }}, {{ expect = "demo.stdout", line = "ready" }},
                {{ send = "demo.stdin", line = "${{much}}" }}, {{ send = "demo.stdin", line = "more" }},
                {{ close = "demo.stdin" }}, {{ expect = "demo.stdout", nothing_ms = 0 }},"#
        );
        passes(ignores, "vars = { much = { text = 262144 } }", &steps);
    }
}

/// While one scenario looks for a free port, others start programs: none of those is to hold that port.
#[test]
fn looking_for_a_free_port() {
    let steps = format!(
        r#"{LISTENS} {{ connect = "ann" }},
            {{ send = "ann", line = "x" }}, {{ expect = "ann", line = "x" }},"#
    );
    let course = Mini::new().exercise("01_demo", &many(30, "", &steps)).source("01_demo", ECHO);
    course.checker(["run", "1", "--isolation", "0"]).says("30 of 30 scenarios").check();
}

/// Pieces of a message that wait for acknowledgements, which the other side delays, miss every deadline.
#[test]
fn cutting_and_delayed_acknowledgement() {
    let steps = r#"
  { start = "server", args = ["${addr}"], on = "listening" },
  { relay = "tap", at = "${front}", to = "${addr}", cut = "bytes" },
  { start = "client", args = ["${front}"] }, { expect = "client.stdout", line = "done" },
"#;
    // Whoever has just answered delays what it has to acknowledge, by 40 ms.
    let server = include_str!("../programs/pitfalls/answers_lines.rs");
    let client = include_str!("../programs/pitfalls/asks_much.rs");
    let head = "addrs = { front = \"127.0.0.1:21004\" }";
    let scenario = result(&course(&[("server", server), ("client", client)], head, steps), "3", 0);
    assert_eq!(scenario["status"], "passed", "{scenario:#}");
}
