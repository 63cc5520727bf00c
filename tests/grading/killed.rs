//! The grader is killed at random moments, and goes on where it was.

use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use super::class::{BROKEN, RIGHT, WRONG, class, grade, listing, records};
use crate::support::Mini;
use crate::support::checked::command;
use crate::support::mini::exercise_toml;
use crate::support::procfs::{mark, wait_until_gone};

/// How often, where `CHECKER_KILLS` says nothing else.
const KILLS: usize = 8;

/// A class whose programs have the mark as their argument.
fn marked(mark: &str) -> Mini {
    let steps = format!(r#"{{ start = "demo", args = ["{mark}"] }}, {{ expect_exit = "demo", code = 0 }},"#);
    // Long enough for a kill to meet it while it runs.
    let idle = "fn main() { std::thread::sleep(std::time::Duration::from_millis(100)) }\n";
    class(&[("ann", RIGHT), ("bob", WRONG), ("cyd", BROKEN), ("dan", idle)])
        .file("exercises/01_demo/exercise.toml", exercise_toml("demo", &steps))
        .file("class/eve.zip", "no zip")
}

fn start(course: &Mini, mark: &str) -> Child {
    let mut command = command();
    command.args(["grade", "class", "--out", "out", "--fresh"]).env("MARK", mark).current_dir(course.path());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// What a record says, without times.
fn said(mut record: Value) -> Value {
    for field in ["graded_at", "took_ms"] {
        record[field] = Value::Null;
    }
    for exercise in record["exercises"].as_array_mut().unwrap() {
        (exercise["build_ms"], exercise["drive_ms"]) = (Value::Null, Value::Null);
        for scenario in exercise["scenarios"].as_array_mut().unwrap() {
            // A report holds times.
            (scenario["took_ms"], scenario["report"]) = (Value::Null, Value::Null);
        }
    }
    record
}

#[test]
fn killed_at_any_moment_it_goes_on_and_everybody_has_one_record() {
    let kills = std::env::var("CHECKER_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let mark = mark("graded");
    let course = marked(&mark);
    let began = Instant::now();
    assert!(start(&course, &mark).wait().unwrap().success());
    let whole = began.elapsed();
    let wanted: Vec<Value> = records(&course).into_iter().map(said).collect();
    assert_eq!(wanted.len(), 5);
    for number in 0..kills {
        // A folder that is new, half done or done.
        if number % 3 == 0 {
            std::fs::remove_dir_all(course.path().join("out")).unwrap();
        }
        let after = Duration::from_secs_f64(whole.as_secs_f64() * fastrand::f64() * 1.1);
        let mut grader = start(&course, &mark);
        wait(after);
        // Ctrl-C lets it tidy up, while its compilers and programs are still at work. It may have ended before.
        let signal = if number % 4 < 2 { Signal::SIGKILL } else { Signal::SIGINT };
        let _ = kill(Pid::from_raw(grader.id().cast_signed()), signal);
        grader.wait().unwrap();
        wait_until_gone(&mark);
        if number % 2 == 1 {
            continue;
        }
        grade(&course, &[]).says("5 submissions").check();
        let found: Vec<Value> = records(&course).into_iter().map(said).collect();
        assert_eq!(found, wanted, "{signal} after {after:?}");
        assert!(!listing(&course).contains(&".work".to_owned()), "{:?}", listing(&course));
        assert!(!listing(&course).iter().any(|name| name.ends_with(".new")), "{:?}", listing(&course));
    }
}

/// A random moment is waited for; there is no event that could tell of it.
fn wait(time: Duration) {
    let began = Instant::now();
    while let Some(rest) = time.checked_sub(began.elapsed()).filter(|rest| !rest.is_zero()) {
        thread::park_timeout(rest);
    }
}
