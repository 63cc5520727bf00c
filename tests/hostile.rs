//! Programs that will not end, or want to outlive their scenario: each gets a verdict, and nothing of it is
//! left behind.

use crate::support::Mini;
use crate::support::procfs::{mark, wait_until_gone};

/// Runs the program, which must fail with `finding`, on every rung.
#[track_caller]
fn is_shut_in(test: &str, source: &str, steps: &str, finding: &str) {
    for rung in ["3", "2", "1", "0"] {
        let mark = mark(&format!("{test}-{rung}"));
        let course =
            Mini::demo(source, &steps.replace("MARK", &mark)).limits("processes = 32\noutput_kib = 256");
        let args = ["run", "1", "--isolation", rung, "--format", "json"];
        let document = course.checker(args).code(1).json();
        let scenario = &document["exercises"][0]["scenarios"][0];
        assert_eq!(scenario["failure"]["finding"], finding, "{scenario:#}");
        assert_eq!(scenario["isolation"].to_string(), rung);
        wait_until_gone(&mark);
    }
}

const ENDS: &str = r#"{ start = "demo", args = ["MARK"] }, { expect_exit = "demo", code = 0 },"#;

#[test]
fn who_never_ends_is_ended() {
    is_shut_in("never", include_str!("programs/hostile/never_ends.rs"), ENDS, "still_running");
}

#[test]
fn who_floods_both_streams_is_stopped() {
    is_shut_in("floods", include_str!("programs/hostile/floods_both.rs"), ENDS, "limit");
}

#[test]
fn a_daemon_that_holds_stdout_holds_nobody_up() {
    let daemon = include_str!("programs/hostile/daemon.rs");
    is_shut_in("daemon", daemon, ENDS, "left_processes");
    let reads_on = r#"
  { start = "demo", args = ["MARK"] },
  { expect = "demo.stdout", line = "gone" }, { expect = "demo.stdout", eof = true },
"#;
    is_shut_in("daemon-eof", daemon, reads_on, "deadline");
}

#[test]
fn who_closes_its_streams_is_still_watched() {
    is_shut_in("closed", include_str!("programs/hostile/closes_its_stdio.rs"), ENDS, "still_running");
}

#[test]
fn a_fork_bomb_is_put_out() {
    is_shut_in("bomb", include_str!("programs/hostile/fork_bomb.rs"), ENDS, "limit");
}

#[test]
fn who_ignores_signals_is_killed_with_its_child() {
    is_shut_in("ignores", include_str!("programs/hostile/ignores_signals.rs"), ENDS, "still_running");
}

#[test]
fn who_stops_its_supervisor_is_ended_all_the_same() {
    is_shut_in("stops", include_str!("programs/hostile/stops_its_parent.rs"), ENDS, "still_running");
}
