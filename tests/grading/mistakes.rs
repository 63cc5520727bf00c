//! An instructor's mistakes: exit 2 with place and cure, before anything runs, and nothing is written.

use super::class::{RIGHT, class};

#[test]
fn what_cannot_be_read_is_said_before_anything_runs() {
    let course = class(&[("ann", RIGHT)])
        .file("roster.csv", "name,shoe size\nann,42\n")
        .file("twice.csv", "key,name\nann,Ann\nann,Ann\n");
    for (args, complaint) in [
        (&["class", "--roster", "roster.csv"][..], "roster.csv:1:6: "),
        (&["class", "--roster", "twice.csv"], "twice.csv:3:"),
        (&["class", "--roster", "nowhere.csv"], "nowhere.csv"),
        (&["class", "--pattern", "(?P<name>["], "--pattern"),
        (&["class", "--pattern", "(?P<shoe>.*)"], "--pattern"),
        (&["nowhere"], "nowhere"),
        (&["class", "--deadline", "tomorrow"], "--deadline: `tomorrow` is no time; write it as `2026-"),
        (&["class", "--deadline", "2026-11-20T00:00:00"], "with the zone"),
        (
            &["class", "--deadline", "2026-11-20T00:00:00Z", "--late-policy", "10%"],
            "--late-policy, column 4: `/day` is expected here; write `10%/day`",
        ),
        (
            &["class", "--late-policy", "10%/day"],
            "--late-policy: no deadline is on record; name it with --deadline",
        ),
        (&["class", "--no-deadline", "--deadline", "2026-11-20T00:00:00Z"], "cannot be used with"),
        (&["class", "--only", "9"], "9"),
        (&["class", "--isolation", "7"], "there is no isolation rung 7"),
    ] {
        let whole: Vec<&str> = ["grade", "--out", "out"].iter().chain(args).copied().collect();
        course.checker(whole).code(2).complains(complaint).check();
        assert!(!course.path().join("out").exists(), "{args:?}");
    }
    course.checker(["grade", "class"]).code(2).complains("--out").check();
}

#[test]
fn a_report_says_what_it_needs() {
    let course = class(&[("ann", RIGHT)]);
    course.checker(["report", "out", "--format", "csv"]).code(2).complains("name the folder").check();
    super::class::grade(&course, &[]).says("ann").check();
    for (args, complaint) in [
        (&["--format", "xml"][..], "there is no format `xml`; known: jsonl, table, csv"),
        (&["--format", "feedback"], "say where with -o DIR"),
        (&["--format", "moodle"], "--moodle-worksheet"),
        (&["--format", "canvas"], "--canvas-assignment"),
        (&["--format", "canvas", "--canvas-assignment", "Homework"], "has no id"),
        (&["--format", "classroom50", "-o", "x"], "--classroom"),
    ] {
        let whole: Vec<&str> = ["report", "out"].iter().chain(args).copied().collect();
        course.checker(whole).code(2).complains(complaint).check();
    }
}
