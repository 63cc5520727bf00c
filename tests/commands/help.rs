//! `--help`, `completions`, `doctor`, and how output looks: colours, pipes.

use std::process::Stdio;

use super::{WRONG, course, write_source};
use crate::support::Mini;
use crate::support::checked::command;
use crate::support::snapshot;

const ESCAPE: &str = "\u{1b}[";

#[test]
fn help_is_there_without_a_course() {
    let nowhere = tempfile::tempdir().unwrap();
    let run = |args: &[&'static str]| {
        crate::support::Checked::new(args.iter().copied()).current_dir(nowhere.path())
    };
    run(&["--help"]).snapshot("help");
    run(&["run", "--help"]).snapshot("help-run");
    run(&["verify", "--help"]).snapshot("help-verify");
    run(&["--version"]).says("checker ").check();
    run(&["completions", "bash"]).says("_checker()").says("hint").says("--isolation").check();
    for shell in ["zsh", "fish", "elvish", "powershell"] {
        run(&["completions", shell]).says("verify").check();
    }
}

#[test]
fn what_can_not_be_understood_is_wrong_use() {
    let course = course();
    for args in [
        &["fly"][..],
        &["run"],
        &["run", "1", "--seed", "x"],
        &["run", "1", "--only", "x"],
        &["next", "--colour"],
    ] {
        course.checker(args.iter().copied()).code(2).complains("error: ").check();
    }
}

#[test]
fn the_doctor_tells_what_is_here() {
    let printed = course().checker(["doctor"]).says("✓ compiler   rustc ").says("rung 3: works").check();
    for part in [
        "✓ isolation",
        "✓ course     A mini course, in ",
        "MiB free",
        "a pipe or a file, 100 columns, no colours",
    ] {
        assert!(printed.stdout.contains(part), "{part}: {}", printed.stdout);
    }
}

#[test]
fn the_doctor_tells_what_is_missing() {
    let nowhere = tempfile::tempdir().unwrap();
    let doctor = || crate::support::Checked::new(["doctor"]).current_dir(nowhere.path());
    doctor().code(2).says("✗ course").says("✓ compiler").check();
    doctor().env("RUSTC", "/nonexistent").code(3).says("✗ compiler").says("https://rustup.rs").check();
}

#[test]
fn a_pipe_gets_plain_text_and_colours_only_when_asked_for() {
    let course = course();
    write_source(&course, "01_demo", WRONG);
    let run = || course.checker(["run", "1", "--seed", "7"]).code(1);
    let plain = run().never_says(ESCAPE).says("✗").check();
    assert_eq!(snapshot::strip(&run().env("NO_COLOR", "1").says("✗").check()), snapshot::strip(&plain));
    let colored =
        course.checker(["run", "1", "--seed", "7", "--color", "always"]).code(1).says(ESCAPE).check();
    assert_eq!(snapshot::strip(&colored), snapshot::strip(&plain), "colours change no text");
    let asked = course.checker(["run", "1", "--color", "always"]).env("NO_COLOR", "1").code(1);
    asked.says(ESCAPE).check();
    course.checker(["run", "1", "--color", "never"]).code(1).never_says(ESCAPE).check();
}

#[test]
fn what_a_program_prints_can_not_color_the_report() {
    let source =
        "fn main() {\n    eprintln!(\"\\x1b[31mred\\x07\\u{202e}\");\n    std::process::exit(1);\n}\n";
    let course = Mini::demo(source, r#"{ start = "demo" }, { expect_exit = "demo", code = 0 },"#);
    course
        .checker(["run", "1"])
        .code(1)
        .never_says("\u{1b}")
        .never_says("\u{7}")
        .never_says("\u{202e}")
        .says("red")
        .check();
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let course = course();
    for args in [&["list"][..], &["--help"], &["hint"], &["completions", "bash"], &["doctor"], &[]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut checker = command();
        checker.args(args).current_dir(course.path()).stdout(writer).stderr(Stdio::piped());
        let output = checker.spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{args:?}");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
}
