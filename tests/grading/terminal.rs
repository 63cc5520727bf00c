//! What an instructor sees while a class is graded.

use regex::Regex;

use super::class::{BROKEN, RIGHT, WRONG, class, grade, keys, listing, record, statuses};
use crate::support::mini::exercise_toml;
use crate::support::procfs::{eventually, mark, wait_until_alive, wait_until_gone};
use crate::support::terminal::Terminal;

/// Ctrl-C.
const INTERRUPT: u8 = 3;
const CLEAR: &str = "\r\u{1b}[2K";
const GRADE: [&str; 4] = ["grade", "class", "--out", "out"];

#[test]
fn a_bar_tells_how_far_it_is_and_is_gone_at_the_end() {
    for (columns, begins, shows) in [
        (
            80,
            r"^\[-{20}\] 0/4$",
            r"^\[#+-*\] \d/4  \d+\.\d/s  \d+ s left  \d (passed|failed|did not compile)",
        ),
        (40, r"^\[-{20}\] 0/4$", r"^\[#+-*\] \d/4 \d+\.\d/s \d+s left \d[pfc]"),
    ] {
        let course = class(&[("ann", RIGHT), ("bob", WRONG), ("cyd", BROKEN), ("dan", RIGHT)]);
        let mut terminal = Terminal::start(&course, columns, &GRADE);
        assert!(terminal.end().success(), "{}", terminal.written);
        let written = terminal.written.clone();
        // Whatever was written behind a cleared line, up to the next one.
        let mut lines: Vec<&str> = written.split(CLEAR).skip(1).collect();
        let rest = lines.pop().unwrap();
        assert!(rest.contains("4 submissions in ") && rest.contains("4 exercises were run"), "{rest}");
        for wanted in [
            "^opening the submissions$",
            "^reading submissions: 0 of 4$",
            "^looking up .*: 0 of 4$",
            begins,
            shows,
        ] {
            let wanted = Regex::new(wanted).unwrap();
            assert!(lines.iter().any(|line| wanted.is_match(line)), "{wanted} at {columns}: {lines:#?}");
        }
        assert!(lines.iter().all(|line| line.chars().count() < columns.into()), "{lines:#?}");
        // Nothing of it stands there in the end, and the summary does.
        let screen = terminal.screen();
        assert!(
            !screen.iter().any(|line| line.contains("[#") || line.contains("submissions:")),
            "{screen:#?}"
        );
        assert!(screen.iter().any(|line| line.contains("4 submissions in ")), "{screen:#?}");
        assert_eq!(screen.last().unwrap(), "", "{screen:#?}");
    }
}

#[test]
fn ctrl_c_leaves_a_clean_line_and_what_was_graded() {
    let mark = mark("interrupted");
    let steps = format!(r#"{{ start = "demo", args = ["{mark}"] }}, {{ expect_exit = "demo", code = 0 }},"#);
    let toml = exercise_toml("demo", &steps).replace("deadline_s = 1", "deadline_s = 60");
    let endless = include_str!("../programs/hostile/ignores_signals.rs");
    let course = class(&[("ann", RIGHT), ("bob", endless)]).file("exercises/01_demo/exercise.toml", toml);
    let mut terminal = Terminal::start(&course, 80, &GRADE);
    terminal.wait_for("] 1/2  ");
    wait_until_alive(&mark);
    // The bar counts exercises, and goes on before the submission's record is on the disk.
    eventually("ann has her record", || course.read("out/grades.jsonl").ends_with('\n'));
    terminal.press(INTERRUPT);
    assert_eq!(terminal.end().code(), Some(130), "{}", terminal.written);
    wait_until_gone(&mark);
    assert_eq!(terminal.screen(), [""], "{:?}", terminal.written);
    assert_eq!(keys(&course), ["ann"], "what was graded stands");
    assert!(!listing(&course).contains(&".work".to_owned()), "no stranger's file is left");

    course.write("class/bob/01_demo/src/main.rs", RIGHT);
    grade(&course, &[]).says("1 exercise was run").check();
    assert_eq!(keys(&course), ["ann", "bob"]);
    assert_eq!(statuses(&record(&course, "bob"))[0], "passed");
    assert!(!listing(&course).contains(&".work".to_owned()));
}
