//! What learning platforms give, and what strangers put into it.

use std::io::Write;
use std::time::{Duration, UNIX_EPOCH};

use super::class::{BROKEN, RIGHT, WRONG, class, course, grade, listing, record, records, statuses, zip};

const SOURCE: &str = "01_demo/src/main.rs";

#[test]
fn from_a_canvas_zip_to_a_csv() {
    let right = zip(&[(SOURCE, RIGHT.as_bytes()), ("02_more/src/main.rs", RIGHT.as_bytes())]);
    let wrong = zip(&[(SOURCE, WRONG.as_bytes())]);
    let broken = zip(&[(SOURCE, BROKEN.as_bytes())]);
    let bulk = zip(&[
        ("exampleann_101_9001_work.zip", &right),
        ("examplebob_LATE_102_9002_work.zip", &wrong),
        ("examplecyd_103_9003_work.zip", &broken),
    ]);
    let course = course().file("submissions.zip", bulk).file(
        "roster.csv",
        "Student,ID,SIS User ID,SIS Login ID,Section\n\
         \"Example, Ann\",101,s101,ann,A\n\"Example, Bob\",102,s102,bob,A\n\"Example, Dan\",104,s104,dan,A\n",
    );
    course
        .checker(["grade", "submissions.zip", "--roster", "roster.csv", "--out", "out"])
        .says("4 exercises were run")
        .complains("note: not on the roster: 103\n")
        .check();
    let csv = course.read("out/grades.csv");
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 5, "a row for each student: {csv}");
    assert!(csv.contains("Dan"), "also for whoever handed in nothing: {csv}");
    assert_eq!(statuses(&record(&course, "101")), ["passed", "passed"]);
    assert_eq!(statuses(&record(&course, "102")), ["failed", "missing"]);
    assert_eq!(statuses(&record(&course, "103")), ["did_not_compile", "missing"]);
    let message = record(&course, "103")["exercises"][0]["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("--> 01_demo/src/main.rs:1:13"),
        "where it was compiled tells nobody: {message}"
    );
    let expected =
        [".lock", ".written.json", "feedback", "grades.csv", "grades.jsonl", "junit.xml", "report.html"]
            .map(str::to_owned);
    assert_eq!(listing(&course), expected);

    let canvas = ["report", "out", "--format", "canvas", "--canvas-assignment", "Homework 1 (4711)"];
    let printed = course.checker(canvas).says("Homework 1 (4711)").complains("note: ").check();
    assert!(printed.stdout.contains("Points Possible"), "{}", printed.stdout);
}

#[test]
fn bad_submissions_are_rows_with_the_reason() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    bomb.write_all(&vec![0; 16 << 20]).unwrap();
    let climbing = zip(&[(SOURCE, RIGHT.as_bytes()), ("../../../climbed.rs", b"no")]);
    let course = class(&[("good", RIGHT), ("学生 例", RIGHT), ("a.*b(", WRONG)])
        .file("class/bomb.tar.gz", bomb.finish().unwrap())
        .file("class/climbs.zip", climbing)
        .file("class/broken.zip", "PK\x03\x04 and no more")
        .file("class/text.zip", "no zip at all")
        .file("class/layout/whatever/notes.txt", "I did it")
        .file("class/large/01_demo/src/main.rs", vec![b'/'; 3 << 20])
        .file("class/odd/01_demo/src/main.rs", b"fn main() { \xff }");
    std::fs::create_dir(course.path().join("class/empty")).unwrap();
    std::os::unix::fs::symlink("/etc", course.path().join("class/linked")).unwrap();
    std::fs::create_dir_all(course.path().join("class/link/01_demo/src")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", course.path().join("class/link/01_demo/src/main.rs")).unwrap();
    let printed = grade(&course, &[]).says("good").complains("").check();
    for (key, kinds) in [
        ("bomb", "bomb"),
        ("climbs", "climbs_out"),
        ("broken", "broken_archive"),
        ("text", "broken_archive"),
        ("layout", "wrong_layout"),
        ("empty", "empty"),
    ] {
        let one = record(&course, key);
        assert_eq!(one["trouble"]["kind"], kinds, "{one}");
        assert_eq!(one["points"], 0.0);
    }
    assert_eq!(statuses(&record(&course, "good"))[0], "passed");
    assert_eq!(statuses(&record(&course, "学生 例"))[0], "passed");
    assert_eq!(statuses(&record(&course, "a.*b("))[0], "failed");
    assert_eq!(statuses(&record(&course, "large"))[0], "not_taken");
    assert_eq!(statuses(&record(&course, "odd"))[0], "did_not_compile");
    let secret = std::fs::read_to_string("/etc/passwd").unwrap();
    let secret = secret.lines().next().unwrap();
    for file in ["grades.jsonl", "report.html", "junit.xml", "grades.csv"] {
        assert!(!course.read(&format!("out/{file}")).contains(secret), "{file}");
    }
    assert!(!course.path().join("climbed.rs").exists());
    assert!(records(&course).len() >= 11, "{}", printed.stdout);
}

#[test]
fn of_two_submissions_of_one_student_the_newest_counts() {
    let own = "Ann Example_101_assignsubmission_file/01_demo/src/main.rs";
    let course = course()
        .file(&format!("monday/{own}"), WRONG)
        .file(&format!("tuesday/{own}"), RIGHT)
        .file("tuesday/Bob Example_102_assignsubmission_file/01_demo/src/main.rs", WRONG);
    let modified = |day: &str, seconds| {
        let file = std::fs::File::options().write(true).open(course.path().join(day).join(own)).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    };
    for (monday, tuesday, status) in [(1_000_000, 2_000_000, "passed"), (3_000_000, 2_000_000, "failed")] {
        modified("monday", monday);
        modified("tuesday", tuesday);
        // In either order.
        for days in [["monday", "tuesday"], ["tuesday", "monday"]] {
            course
                .checker(["grade", days[0], days[1], "--out", "out"])
                .says("2 submissions")
                .complains("a second submission of 101: the newest counts")
                .check();
            assert_eq!(statuses(&record(&course, "101"))[0], status);
            assert_eq!(records(&course).len(), 2);
        }
    }
}

#[test]
fn names_in_any_script_are_rows_and_files() {
    let names = ["学生 例", "Ünal Çelik", "علي حسن", "अनन्या", "Νίκη", "こはる", "é", "e\u{301}", "🦀"];
    let students: Vec<(&str, &str)> = names.iter().map(|name| (*name, RIGHT)).collect();
    let course = class(&students);
    grade(&course, &[]).says("9 submissions").says("9 exercises were run").check();
    for name in names {
        assert_eq!(statuses(&record(&course, name))[0], "passed", "{name}");
        assert!(course.read("out/grades.csv").contains(name), "{name}");
    }
    assert_eq!(std::fs::read_dir(course.path().join("out/feedback")).unwrap().count(), names.len());
}

#[test]
fn a_dry_run_shows_whose_is_what_and_writes_nothing() {
    let right = zip(&[(SOURCE, RIGHT.as_bytes())]);
    let bulk = zip(&[
        ("Ann Example_101_assignsubmission_file/work.zip", &right),
        ("学生 例_102_assignsubmission_file/02_more/src/main.rs", RIGHT.as_bytes()),
        ("Bob Example_103_assignsubmission_file/notes.txt", b"forgot it"),
    ]);
    let course = course().file("moodle.zip", bulk).file("roster.csv", "id,name\n101,Ann\n104,Dan\n");
    let args = ["grade", "moodle.zip", "--dry-run", "--roster", "roster.csv", "--out", "out"];
    course.checker(args).snapshot("grade-dry-run");
    assert!(!course.path().join("out").exists());
}

#[test]
fn grades_among_the_submissions_are_nobodys() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG)]).file("class/old/grades.jsonl", "");
    for (out, words) in [("class/out", "class/out: "), ("class", "class/feedback: ")] {
        for _ in 0..2 {
            let printed =
                course.checker(["grade", "class", "--out", out]).says("2 submissions").complains("").check();
            assert!(
                printed.stderr.contains("class/old: it holds grades, and no submission"),
                "{}",
                printed.stderr
            );
        }
        let dry = ["grade", "class", "--out", out, "--dry-run"];
        course.checker(dry).says("2 students, 2 with").says(words.trim_end_matches(": ")).check();
        let printed =
            course.checker(["grade", "class", "--out", out]).says("2 submissions").complains(words).check();
        assert!(printed.stderr.contains(&format!("{words}it holds")), "{}", printed.stderr);
    }
}

#[test]
fn where_nothing_is_found_nothing_is_graded() {
    let course = class(&[("ann", RIGHT)])
        .file("junk/a/t.txt", "")
        .file("junk/b/t.txt", "")
        .file("again/ann/t.txt", "")
        .file("again/bob/t.txt", "")
        .file("roster.csv", "key\na\n");
    let why = "error: junk: there is nothing to grade; junk/a, for one: no exercise was found; expected";
    let printed = course.checker(["grade", "junk", "--out", "out"]).code(2).complains(why).check();
    assert!(printed.stderr.contains("name a folder, a zip or a tar.gz of submissions"), "{}", printed.stderr);
    assert!(!course.path().join("out").exists());
    course
        .checker(["grade", "junk", "again", "--out", "out"])
        .code(2)
        .complains("junk, again: there is nothing")
        .check();
    let args = ["grade", "roster.csv", "junk/a/t.txt", "--out", "out"];
    course.checker(args).code(2).complains("nothing to grade; roster.csv, for one: it is neither a").check();
    // The roster says that they are a class, or the record.
    let with_roster = ["grade", "junk", "--roster", "roster.csv", "--out", "other"];
    course.checker(with_roster).says("2 submissions").complains("not on the roster: b").check();
    grade(&course, &[]).says("1 submission ").check();
    course
        .checker(["grade", "again", "--out", "out"])
        .says("2 submissions")
        .complains("ann: 1 point was")
        .check();
}
