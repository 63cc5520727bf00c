//! Ctrl-C, and worse: the checker ends at once, and takes everything with it.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::support::Mini;
use crate::support::checked::command;
use crate::support::mini::exercise_toml;
use crate::support::procfs::{mark, wait_until_alive, wait_until_gone, wait_until_parent_is_stopped};
use crate::support::users::write_script;

/// A course whose program never ends, with the mark as its argument.
fn endless(mark: &str) -> Mini {
    let steps = format!(r#"{{ start = "demo", args = ["{mark}"] }}, {{ expect_exit = "demo", code = 0 }},"#);
    let toml = exercise_toml("demo", &steps).replace("deadline_s = 1", "deadline_s = 60");
    Mini::new()
        .exercise("01_demo", &toml)
        .source("01_demo", include_str!("programs/hostile/ignores_signals.rs"))
}

fn start(course: &Mini, args: &[&str], env: &[(&str, &str)]) -> Child {
    let mut command = command();
    command.arg("run").arg("1").args(args).envs(env.iter().copied()).current_dir(course.path());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn send(checker: &Child, signal: Signal) {
    kill(Pid::from_raw(checker.id().cast_signed()), signal).unwrap();
}

#[test]
fn a_signal_while_a_program_runs_ends_everything() {
    for rung in ["3", "0"] {
        for (signal, code) in [(Signal::SIGINT, 130), (Signal::SIGTERM, 143), (Signal::SIGHUP, 129)] {
            let mark = mark(&format!("driving-{rung}-{code}"));
            let course = endless(&mark);
            let checker = start(&course, &["--isolation", rung], &[]);
            wait_until_alive(&mark);
            send(&checker, signal);
            let output = checker.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(code), "{output:?}");
            assert_eq!((output.stdout, output.stderr), (Vec::new(), Vec::new()), "no half report");
            wait_until_gone(&mark);
        }
    }
}

#[test]
fn a_kill_while_a_program_runs_ends_everything() {
    for rung in ["3", "0"] {
        let mark = mark(&format!("killed-{rung}"));
        let course = endless(&mark);
        let checker = start(&course, &["--isolation", rung], &[]);
        wait_until_alive(&mark);
        send(&checker, Signal::SIGKILL);
        assert_eq!(checker.wait_with_output().unwrap().status.signal(), Some(9));
        wait_until_gone(&mark);
    }
}

#[test]
fn a_kill_ends_also_who_has_stopped_its_supervisor() {
    let mark = mark("killed-stopped");
    let course = endless(&mark);
    course.write("exercises/01_demo/src/main.rs", include_str!("programs/hostile/stops_its_parent.rs"));
    let checker = start(&course, &["--isolation", "0"], &[]);
    wait_until_parent_is_stopped(&mark);
    send(&checker, Signal::SIGKILL);
    assert_eq!(checker.wait_with_output().unwrap().status.signal(), Some(9));
    wait_until_gone(&mark);
}

#[test]
fn a_signal_while_compiling_ends_the_compiler() {
    let mark = mark("compiling");
    let course = endless(&mark);
    // Tells a version, and compiles for ever, with the mark in its arguments.
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in --print*) echo /nowhere;; -vV) echo 'rustc 0.0.0 (slow)';; *) exec sh -c 'while :; do sleep 60; done' {mark};; esac\n"
    );
    let compiler = write_script(&course.path().join("slow-rustc"), &script);
    let checker = start(&course, &[], &[("RUSTC", compiler.to_str().unwrap())]);
    wait_until_alive(&mark);
    send(&checker, Signal::SIGINT);
    let output = checker.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    wait_until_gone(&mark);
}
