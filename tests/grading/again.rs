//! The second time: what has not changed stands, and what was nobody's fault is tried again.

use std::fs::File;

use super::class::{BROKEN, RIGHT, WRONG, class, grade, keys, listing, record, records, statuses};
use crate::support::users::write_script;
use nix::fcntl::{Flock, FlockArg};

#[test]
fn unchanged_work_is_not_run_again() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG), ("cyd", BROKEN)]);
    grade(&course, &[]).says("3 exercises were run").check();
    let before = course.read("out/grades.jsonl");
    grade(&course, &[]).says("0 exercises were run").check();
    assert_eq!(course.read("out/grades.jsonl"), before, "not even when it was graded");

    course.write("class/bob/01_demo/src/main.rs", RIGHT);
    grade(&course, &[]).says("1 exercise was run").check();
    assert_eq!(statuses(&record(&course, "bob")), ["passed", "missing"]);
    assert_eq!(records(&course).len(), 3);

    let toml = course.read("exercises/02_more/exercise.toml");
    course.write("exercises/02_more/exercise.toml", toml.replace("An exercise", "Another"));
    grade(&course, &[]).says("0 exercises were run").check();
    let toml = course.read("exercises/01_demo/exercise.toml");
    course.write("exercises/01_demo/exercise.toml", toml.replace("deadline_s = 1", "deadline_s = 2"));
    grade(&course, &[]).says("3 exercises were run").check();
    assert_eq!(records(&course).len(), 3);
}

#[test]
fn what_is_run_again_can_be_chosen() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG)]).file("class/ann/02_more/src/main.rs", WRONG);
    grade(&course, &["--only", "1"])
        .says("2 exercises were run")
        .says("1 exercise was left out by --only and not graded before")
        .never_says("to be tried again")
        .check();
    assert_eq!(statuses(&record(&course, "ann")), ["passed", "not_graded"], "left out is no zero");
    assert_eq!(statuses(&record(&course, "bob")), ["failed", "missing"], "nothing was there to leave out");
    grade(&course, &[]).says("1 exercise was run").check();
    assert_eq!(statuses(&record(&course, "ann")), ["passed", "failed"]);
    grade(&course, &["--failed"]).says("2 exercises were run").check();
    grade(&course, &["--failed", "--only", "more"]).says("1 exercise was run").check();
    grade(&course, &["--fresh"]).says("3 exercises were run").check();
    assert_eq!(records(&course).len(), 2);
}

#[test]
fn what_was_not_graded_is_tried_again() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG)]);
    // A compiler that can't be put into a box, and then can.
    let homeless = course.path().join("homeless");
    std::fs::write(&homeless, "").unwrap();
    let script = format!(
        "#!/bin/sh\nif [ -e {} ]; then case \"$*\" in *--print*) echo none; exit;; esac; fi\nexec rustc \"$@\"\n",
        homeless.display()
    );
    let compiler = write_script(&course.path().join("rustc-without-a-home"), &script);
    let run = |code, says: &str| {
        grade(&course, &[]).env("RUSTC", &compiler).code(code).says(says).check();
    };
    run(3, "2 exercises were run");
    let ann = record(&course, "ann");
    assert_eq!(statuses(&ann), ["not_graded", "missing"]);
    assert!(ann["exercises"][0]["message"].as_str().unwrap().contains("put into a box"), "{ann}");
    assert!(course.read("out/grades.csv").lines().nth(1).unwrap().starts_with("ann,,ann,,,"), "no zero");
    std::fs::remove_file(&homeless).unwrap();
    run(0, "2 exercises were run");
    assert_eq!(statuses(&record(&course, "ann")), ["passed", "missing"]);
    assert_eq!(records(&course).len(), 2);
    run(0, "0 exercises were run");
}

#[test]
fn two_graders_do_not_share_a_folder() {
    let course = class(&[("ann", RIGHT)]);
    grade(&course, &[]).says("ann").check();
    let before = course.read("out/grades.jsonl");
    let lock = File::open(course.path().join("out/.lock")).unwrap();
    let held = Flock::lock(lock, FlockArg::LockExclusiveNonblock).unwrap();
    grade(&course, &["--fresh"]).code(2).complains("out: another `checker grade` is at work there").check();
    assert_eq!(course.read("out/grades.jsonl"), before);
    drop(held);
    grade(&course, &["--fresh"]).says("1 exercise was run").check();
}

#[test]
fn half_a_record_is_cut_off_and_made_again() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG)]);
    grade(&course, &[]).says("ann").check();
    let whole = course.read("out/grades.jsonl");
    let half = &whole[..whole.len() - 100];
    course.write("out/grades.jsonl", half);
    course.write("out/.work/submissions/00000/01_demo/src/main.rs", "left behind");
    grade(&course, &[]).says("1 exercise was run").check();
    assert_eq!(records(&course).len(), 2);
    assert!(!listing(&course).contains(&".work".to_owned()));
    // A line that was never a record is for a person to look at.
    course.write("out/grades.jsonl", "{\"schema\": \"another\"}\n");
    grade(&course, &[]).code(2).complains("grades.jsonl:1: ").check();
}

#[test]
fn those_who_are_not_in_this_batch_keep_their_record() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG)]);
    grade(&course, &[]).says("2 submissions").check();
    let only_bob = ["grade", "class/bob", "--out", "out", "--fresh"];
    let note = "note: on record, and not among these submissions: ann; --prune takes them off the record\n";
    course.checker(only_bob).says("1 submission ").complains(note).check();
    assert_eq!(keys(&course), ["bob", "ann"]);
    assert!(course.read("out/feedback/ann.md").contains("points"));
}

#[test]
fn those_who_have_left_can_be_taken_off_the_record() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG), ("cyd", RIGHT)]);
    grade(&course, &[]).says("3 submissions").check();
    course.write("out/feedback/ann-again.md", "a word of the instructor's");
    course.write("out/feedback/cyd.md", "changed by the instructor");
    let only_bob = ["grade", "class/bob", "--out", "out", "--prune"];
    course
        .checker(only_bob)
        .complains("note: taken off the record, since")
        .complains(": ann, cyd\n")
        .says("bob")
        .check();
    assert_eq!(keys(&course), ["bob"]);
    assert!(!course.read("out/grades.csv").contains("ann"));
    let mut files: Vec<String> = std::fs::read_dir(course.path().join("out/feedback"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, ["ann-again.md", "bob.md", "cyd.md"], "only what the checker wrote goes");
    course.checker(only_bob).says("0 exercises were run").check();
    // What is not the checker's is kept when its name is needed.
    let note = "stood there is kept as out/feedback/cyd.md.kept\n";
    grade(&course, &[]).says("2 exercises were run").complains(note).check();
    assert_eq!(keys(&course), ["ann", "bob", "cyd"]);
}

#[test]
fn weak_isolation_is_refused_unless_it_is_allowed() {
    let course = class(&[("ann", RIGHT)]);
    grade(&course, &["--isolation", "0"]).code(2).complains("--allow-weak-isolation").check();
    assert!(!course.path().join("out").exists());
    grade(&course, &["--isolation", "0", "--allow-weak-isolation"]).says("1 exercise was run").check();
    assert_eq!(record(&course, "ann")["rung"], 0);
    grade(&course, &[]).says("1 exercise was run").check();
    assert_eq!(record(&course, "ann")["rung"], 3);
}

#[test]
fn what_a_program_does_to_the_scenarios_folder_is_no_fault_of_ours() {
    let program = |act: &str| {
        format!(
            "use std::{{fs, os::unix::fs::symlink}};\nfn main() {{\n    let (_, _) = (fs::exists(\"x\"), symlink(\"\", \"\"));\n\
                 {act};\n    println!(\"done\");\n}}\n"
        )
    };
    let steps = r#"{ folder = "box" }, { start = "demo" }, { expect = "demo.stdout", line = "done" },
        { STEP }, { expect_exit = "demo", code = 0 },"#;
    for step in [r#"folder = "box/dest""#, r#"file = "box/dest", text = "t""#] {
        let toml = crate::support::mini::exercise_toml("demo", &steps.replace("STEP", step));
        let course = class(&[
            ("ann", &program("fs::create_dir(\"box/dest\").unwrap()")),
            ("bob", &program("fs::remove_dir(\"box\").unwrap()")),
            ("cyd", &program("fs::remove_dir(\"box\").unwrap(); symlink(\"/tmp\", \"box\").unwrap()")),
            ("dan", &program("symlink(\"/tmp/by-way-of-a-link\", \"box/dest\").unwrap()")),
            ("eve", &program("()")),
        ])
        .file("exercises/01_demo/exercise.toml", toml);
        grade(&course, &[]).says("5 exercises were run").check();
        for key in ["ann", "bob", "cyd", "dan"] {
            let one = record(&course, key);
            assert_eq!(one["exercises"][0]["scenarios"][0]["finding"], "wrong_file", "{one}");
        }
        assert_eq!(statuses(&record(&course, "eve"))[0], "passed");
    }
}

#[test]
fn another_courses_exercises_do_not_take_the_place_of_those_on_record() {
    let course = class(&[("ann", RIGHT), ("bob", WRONG)]);
    grade(&course, &[]).says("2 submissions").check();
    let before = course.read("out/grades.jsonl");
    let toml = course.read("course.toml");
    course.write("course.toml", toml.replace("\"01_demo\", ", ""));
    let why = "out: on record are grades of 01_demo, which this course has not, and they would be lost; name another \
               folder with --out";
    grade(&course, &[]).code(2).complains(why).check();
    assert_eq!(course.read("out/grades.jsonl"), before);
    course.checker(["grade", "class", "--out", "other"]).says("2 submissions").check();
    // Of 02_more nothing is on record.
    course.write("course.toml", toml.replace(", \"02_more\"", ""));
    grade(&course, &[]).says("0 exercises were run").check();
    assert_eq!(statuses(&record(&course, "ann")), ["passed"]);
}

#[test]
fn a_record_is_under_the_lowest_rung_of_its_exercises() {
    let course = class(&[("ann", RIGHT)]).file("class/ann/02_more/src/main.rs", RIGHT);
    grade(&course, &["--isolation", "0", "--allow-weak-isolation"]).says("2 exercises were run").check();
    // As before each exercise had its own.
    let old = course.read("out/grades.jsonl").replace(",\"rung\":0}", "}");
    assert!(old.contains("\"rung\":0,\"graded_at\""), "{old}");
    course.write("out/grades.jsonl", old);
    grade(&course, &["--only", "1"]).says("1 exercise was run").check();
    let ann = record(&course, "ann");
    assert_eq!(ann["rung"], 0, "{ann}");
    let own = [0, 1].map(|at| ann["exercises"][at]["rung"].as_u64());
    assert_eq!(own, [Some(3), Some(0)]);
    grade(&course, &["--only", "2"]).says("1 exercise was run").check();
    assert_eq!(record(&course, "ann")["rung"], 3);
}
