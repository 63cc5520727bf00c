//! What the instructor is told of a class beside its grades, and what must not be lost unsaid.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::class::{BROKEN, RIGHT, WRONG, class, grade, keys, record, statuses};

const ROSTER: &str = "key,name\nann,Ann Example\nbob,Bob Example\ncyd,Cyd Example\n";

/// The file's own time, in seconds since 1970.
fn modified(course: &crate::support::Mini, path: &str, seconds: u64) {
    let file = File::options().write(true).open(course.path().join(path)).unwrap();
    file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
}

/// All that is in a file, or in the files of a folder.
fn all(path: &Path) -> String {
    if path.is_file() {
        return std::fs::read_to_string(path).unwrap();
    }
    std::fs::read_dir(path).unwrap().map(|entry| all(&entry.unwrap().path())).collect()
}

#[test]
fn whoever_is_on_the_roster_and_not_in_this_batch_keeps_the_grade() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG)])
        .file("roster.csv", ROSTER)
        .file("late/bob/01_demo/src/main.rs", RIGHT);
    grade(&course, &["--roster", "roster.csv"]).says("2 submissions").check();
    assert_eq!(record(&course, "cyd")["trouble"]["kind"], "missing");
    let before = record(&course, "ann");
    course
        .checker(["grade", "late/bob", "--roster", "roster.csv", "--out", "out"])
        .says("1 submission ")
        .complains("note: on record, and not among these submissions: ann; --prune takes them off")
        .check();
    assert_eq!(record(&course, "ann"), before);
    assert_eq!(statuses(&record(&course, "bob")), ["passed", "missing"]);
    assert_eq!(record(&course, "cyd")["trouble"]["kind"], "missing");
    // Said aloud, they go; and are missing from the class then.
    course
        .checker(["grade", "late/bob", "--roster", "roster.csv", "--out", "out", "--prune"])
        .says("1 submission ")
        .check();
    assert_eq!(record(&course, "ann")["trouble"]["kind"], "missing");
    assert_eq!(keys(&course).len(), 3);
}

#[test]
fn a_grade_does_not_go_without_a_word() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG)]);
    grade(&course, &[]).says("2 submissions").check();
    for (student, content) in [("ann", "PK\x03\x04 and no more"), ("bob", "no zip")] {
        std::fs::remove_dir_all(course.path().join("class").join(student)).unwrap();
        course.write(&format!("class/{student}.zip"), content);
    }
    grade(&course, &[])
        .says("2 without a grade")
        .complains(
            "note: ann: 1 point was on record, and there is no grade any more, since what is here now can't",
        )
        .complains("can't be taken: `ann.zip`: the zip is cut off")
        .check();
    assert_eq!(record(&course, "ann")["points"], 0.0);
    // Told once.
    grade(&course, &[]).says("2 without a grade").check();
}

#[test]
fn an_exercise_that_can_not_be_taken_is_no_zero() {
    let course = class(&[("ann", RIGHT), ("bob", RIGHT)])
        .file("class/ann/copy/01_demo/src/main.rs", WRONG)
        .file("class/bob/02_more/src/main.rs", WRONG);
    let why = "it is there more than once: `01_demo` and `copy/01_demo`; keep one";
    let printed = grade(&course, &[]).says("?").says("? can't be taken").says(why).check();
    assert!(printed.stdout.contains("1 without a grade"), "{}", printed.stdout);
    let ann = record(&course, "ann");
    assert_eq!(statuses(&ann), ["not_taken", "missing"]);
    assert_eq!(ann["exercises"][0]["message"], why);
    let csv = course.read("out/grades.csv");
    let row = csv.lines().find(|line| line.starts_with("ann,")).unwrap();
    assert!(row.contains(&format!("not graded,01_demo: {why}")), "{row}");
    for (format, words) in [
        ("github-summary", "it is there more than once"),
        ("junit", "not_taken"),
        ("exercism", "not taken: it is there more than once"),
        ("gradescope", why),
        ("github-annotations", "::warning"),
        ("feedback", "It could not be taken, and has no points yet."),
    ] {
        let told = course.path().join(format);
        course.checker(["report", "out", "--format", format, "-o", told.to_str().unwrap()]).check();
        assert!(all(&told).contains(words), "{format}");
    }
}

#[test]
fn strangers_to_the_roster_are_named() {
    let course = class(&[("ann", RIGHT), ("zed", RIGHT)]).file("roster.csv", ROSTER);
    grade(&course, &["--roster", "roster.csv"])
        .says("zed")
        .complains("note: not on the roster: zed\n")
        .check();
    course
        .checker(["grade", "class", "--roster", "roster.csv", "--dry-run"])
        .says("zed                         01\n    name zed\n")
        .says("not on the roster")
        .check();
}

#[test]
fn a_gradebook_with_a_row_of_postings_is_a_roster() {
    let course = class(&[("101", RIGHT)]).file(
        "export.csv",
        "Student,ID,SIS Login ID,Section,Homework 1 (4711)\n,,,,Manual Posting\n    Points Possible,,,,100\n\
         \"Example, Ann\",101,ann,A,\n",
    );
    grade(&course, &["--roster", "export.csv"]).says("Example, Ann").check();
    assert_eq!(record(&course, "101")["student"]["name"], "Example, Ann");
    let fill = ["--canvas-assignment", "Homework 1 (4711)", "--canvas-gradebook", "export.csv"];
    course
        .checker(["report", "out", "--format", "canvas"].into_iter().chain(fill))
        .says("\"Example, Ann\",101,ann,A,1")
        .complains(
            "note: Canvas takes the grades as of 100 points, and they are of 2: give the assignment 2 points",
        )
        .check();
}

#[test]
fn times_that_can_not_be_relied_on_are_told() {
    const YEAR_2100: u64 = 4_102_444_800;
    let course = class(&[("ann_LATE", RIGHT), ("bob", RIGHT), ("cyd", RIGHT)]);
    for (folder, seconds) in [("ann_LATE", 1_000_000_000), ("bob", 1_000_000_000), ("cyd", YEAR_2100)] {
        modified(&course, &format!("class/{folder}/01_demo/src/main.rs"), seconds);
    }
    let pattern = "(?P<key>[a-z]+)(_(?P<late>LATE))?";
    grade(&course, &["--pattern", pattern, "--deadline", "2020-01-01T00:00:00Z"])
        .says(" 29220 d\n")
        .complains(
            "note: marked as late by the platform, and in time by what the submission itself tells (a column",
        )
        .complains("would count instead): ann\n")
        .complains("note: handed in in the future, by what the submission itself tells (a column")
        .complains("would count instead): cyd\n")
        .check();
}

#[test]
fn a_source_without_a_submission_is_the_instructors_mistake() {
    let course = class(&[("ann", RIGHT), ("bob", RIGHT)])
        .file("cut.zip", "PK\x03\x04 and no more")
        .file("none.zip", "")
        .file("class.csv", "key\nann\n");
    std::fs::create_dir(course.path().join("hollow")).unwrap();
    grade(&course, &[]).says("2 submissions").check();
    let before = course.read("out/grades.jsonl");
    for (source, why) in [
        ("cut.zip", "the zip is cut off"),
        ("none.zip", "none.zip: "),
        ("class.csv", "no submission was found there: it is neither a folder nor an archive nor a source"),
        ("hollow", "hollow: "),
    ] {
        let printed = course.checker(["grade", source, "--out", "out"]).code(2).complains(why).check();
        assert!(printed.stderr.starts_with("error: "), "{}", printed.stderr);
        course.checker(["similar", source]).code(2).complains(why).check();
    }
    assert_eq!(course.read("out/grades.jsonl"), before);
    // One of several is a student's.
    course.checker(["grade", "class", "cut.zip", "--out", "out"]).says("3 submissions").check();
    assert_eq!(record(&course, "cut")["trouble"]["kind"], "broken_archive");
}

#[test]
fn only_what_can_be_graded_is_counted() {
    let course = class(&[("ann", RIGHT), ("bob", BROKEN)]).file("class/ann/copy/01_demo/src/main.rs", WRONG);
    course
        .checker(["grade", "class", "--dry-run"])
        .says("2 students, 1 with something to grade, 0 passed over")
        .check();
}

#[test]
fn a_word_of_the_instructors_in_a_students_file_is_not_lost() {
    let course = class(&[("ann", WRONG), ("bob", RIGHT)]);
    grade(&course, &[]).says("2 submissions").check();
    let before = course.read("out/feedback/ann.md");
    course.write("out/feedback/ann.md", "See me after class.");
    let note = "note: out/feedback/ann.md was changed after it was written; what stood there is kept as \
                out/feedback/ann.md.kept\n";
    grade(&course, &[]).says("0 exercises were run").complains(note).check();
    assert_eq!(course.read("out/feedback/ann.md"), before);
    assert_eq!(course.read("out/feedback/ann.md.kept"), "See me after class.");
    course.write("out/feedback/ann.md", "And again.");
    grade(&course, &[])
        .says("0 exercises were run")
        .complains("is kept as out/feedback/ann.md.kept-2\n")
        .check();
    assert_eq!(course.read("out/feedback/ann.md.kept-2"), "And again.");
    // What the checker wrote itself is not kept.
    course.write("class/ann/01_demo/src/main.rs", RIGHT);
    grade(&course, &[]).says("1 exercise was run").check();
    assert_ne!(course.read("out/feedback/ann.md"), before);
    assert_eq!(std::fs::read_dir(course.path().join("out/feedback")).unwrap().count(), 4);
}

#[test]
fn whoever_handed_in_the_reference_is_named() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG)])
        .file("class/ann/solutions/02_more/src/main.rs", RIGHT)
        .file("class/bob/solutions/01_demo/src/main.rs", RIGHT);
    let note = "note: without an exercise that is there as the course's own reference alone, which is not taken: ann\n";
    grade(&course, &[]).says("2 exercises were run").complains(note).check();
    assert_eq!(statuses(&record(&course, "ann")), ["passed", "missing"]);
    assert_eq!(statuses(&record(&course, "bob")), ["failed", "missing"]);
}
