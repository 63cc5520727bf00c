//! The rungs: the same verdicts on each, and on rung 3 no sight of anything outside.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use nix::sys::prctl;
use serde_json::Value;

use crate::support::Mini;
use crate::support::checked::command;
use crate::support::mini::{IDLE, exercise_toml};
use crate::support::procfs::unburied;
use crate::support::users::{give_away, unprivileged};

const RIGHT: &str = include_str!("programs/right/echoes.rs");
const WRONG: &str = include_str!("programs/shouts.rs");
const STEPS: &str = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { send = "ann", line = "hello" }, { expect = "ann", line = "hello" },
"#;

fn scenario(document: &Value) -> &Value {
    &document["exercises"][0]["scenarios"][0]
}

/// What the program came to, as its user may see it: status and finding.
fn verdict(document: &Value) -> (String, String) {
    let scenario = scenario(document);
    (scenario["status"].to_string(), scenario["failure"]["finding"].to_string())
}

#[test]
fn every_rung_gives_the_same_verdicts_and_tell_which_they_are() {
    for (source, code, wanted) in [(RIGHT, 0, ("passed", "null")), (WRONG, 1, ("failed", "\"wrong_bytes\""))]
    {
        let course = Mini::demo(source, STEPS);
        for rung in [3, 2, 1, 0] {
            let args = ["run", "1", "--isolation", &rung.to_string(), "--format", "json"];
            let document = course.checker(args).code(code).json();
            assert_eq!(verdict(&document), (format!("{:?}", wanted.0), wanted.1.to_owned()));
            assert_eq!(
                (&document["isolation"], &scenario(&document)["isolation"]),
                (&rung.into(), &rung.into())
            );
        }
    }
}

#[test]
fn a_user_without_rights_gets_the_same_verdicts() {
    for (source, code, status) in [(RIGHT, 0, "passed"), (WRONG, 1, "failed")] {
        let course = Mini::demo(source, STEPS);
        let target = course.path().join("target");
        let target = target.to_str().unwrap();
        // Compiled by somebody who can; the two are told apart by nothing but their rights.
        course.checker(["run", "1"]).env("CHECKER_TARGET_DIR", target).code(code).says("it works").check();
        give_away(course.path());
        for rung in ["3", "2", "1", "0"] {
            let run = unprivileged(course.path(), &["run", "1", "--isolation", rung, "--format", "json"]);
            let run = run.current_dir(course.path()).env("CHECKER_TARGET_DIR", target);
            let document = run.code(code).json();
            assert_eq!(scenario(&document)["status"], status, "{document:#}");
            assert_eq!(scenario(&document)["isolation"].to_string(), rung);
        }
    }
}

#[test]
fn a_rung_that_does_not_exist_is_wrong_use() {
    let course = Mini::demo(RIGHT, STEPS);
    course
        .checker(["run", "1", "--isolation", "7"])
        .code(2)
        .complains("there is no isolation rung 7")
        .check();
    course.checker(["run", "1", "--isolation", "x"]).code(2).complains("invalid value").check();
}

#[test]
fn on_rung_3_a_program_sees_nothing_of_the_host() {
    let outside = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = outside.local_addr().unwrap().port();
    let steps = format!(
        r#"
  {{ start = "demo", args = ["COURSE", "{port}"] }},
  {{ expect = "demo.stdout", line = "cannot read COURSE/course.toml" }},
  {{ expect = "demo.stdout", line = "cannot read /etc/shadow" }},
  {{ expect = "demo.stdout", line = "cannot read /root" }},
  {{ expect = "demo.stdout", line = "cannot write /var/x" }},
  {{ expect = "demo.stdout", line = "cannot write /usr/x" }},
  {{ expect = "demo.stdout", line = "can write ./x" }},
  {{ expect = "demo.stdout", line = "cannot connect to 127.0.0.1:{port}" }},
  {{ expect = "demo.stdout", line = "cannot connect to 192.0.2.1:80" }},
  {{ expect = "demo.stdout", line = "processes: 1" }},
  {{ expect = "demo.stdout", line = "user 1000, capabilities 0000000000000000" }},
  {{ expect = "demo.stdout", line = "variables: HOME LANG PATH TMPDIR" }},
  {{ expect_exit = "demo", code = 0 }},
"#
    );
    let course = Mini::demo(include_str!("programs/right/looks_around.rs"), "");
    let root = course.path().to_str().unwrap();
    let toml = exercise_toml("demo", &steps.replace("COURSE", root));
    course.write("exercises/01_demo/exercise.toml", toml);
    course.checker(["run", "1", "--isolation", "3"]).says("1 of 1 scenario").check();
    // It would be seen where it can be: the same program outside.
    let document = course.checker(["run", "1", "--isolation", "0", "--format", "json"]).code(1).json();
    assert!(scenario(&document)["failure"]["got"].to_string().contains("can read"), "{document:#}");
}

/// The first process of a container may bury nobody; what runners leave must not pile up there. Here the checker stands
/// for such a process: orphans come to it.
#[test]
fn nobody_else_has_to_bury_what_runners_leave() {
    const EACH: usize = 30;
    let steps = r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#;
    let scenario = |n| format!("[[scenario]]\nname = \"number {n}\"\nsteps = [{steps}]\n");
    let scenarios: String = (2..=EACH).map(scenario).collect();
    let toml = exercise_toml("demo", steps) + &scenarios;
    // Two, since of one job runners are kept until its end.
    let course = ["01_one", "02_two"]
        .into_iter()
        .fold(Mini::new(), |course, name| course.exercise(name, &toml).source(name, IDLE));
    let mut command = command();
    command.args(["run", "1", "2"]).current_dir(course.path()).stdout(Stdio::null());
    // SAFETY: a system call that takes a number, which may be made between fork and exec.
    unsafe { command.pre_exec(|| Ok(prctl::set_child_subreaper(true)?)) };
    let mut checker = command.spawn().unwrap();
    let mut most = 0;
    let status = loop {
        most = most.max(unburied(checker.id()));
        match checker.try_wait().unwrap() {
            Some(status) => break status,
            // No event tells that somebody has ended.
            None => thread::sleep(Duration::from_millis(1)),
        }
    };
    assert!(status.success());
    // At the end the last few may have nobody else any more.
    assert!(most < EACH, "{most} of {}", 2 * EACH);
}
