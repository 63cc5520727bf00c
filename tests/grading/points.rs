//! Points, hidden scenarios, late days.

use super::class::{RIGHT, WRONG, class, grade, record};

/// A second scenario of `01_demo` that is hidden, and fails.
fn with_a_hidden_one() -> crate::support::Mini {
    let course = class(&[("ann", RIGHT)]);
    let toml = course.read("exercises/01_demo/exercise.toml");
    let hidden = r#"
[[scenario]]
name = "the secret way"
points = 3
hidden = true
steps = [{ start = "demo" }, { expect = "demo.stdout", line = "chrysalis" }]
"#;
    course.file("exercises/01_demo/exercise.toml", toml + hidden)
}

#[test]
fn of_a_hidden_scenario_students_learn_the_points_alone() {
    let course = with_a_hidden_one();
    grade(&course, &[]).says("ann").check();
    let ann = record(&course, "ann");
    assert_eq!((ann["points"].as_f64(), ann["points_possible"].as_f64()), (Some(1.0), Some(5.0)));
    let secret = &ann["exercises"][0]["scenarios"][1];
    assert_eq!((secret["hidden"].as_bool(), secret["name"].as_str()), (Some(true), Some("the secret way")));
    for format in ["feedback", "gradescope", "exercism", "prairielearn"] {
        course.checker(["report", "out", "--format", format, "-o", "told"]).check();
    }
    let mut folders = vec![course.path().join("told"), course.path().join("out/feedback")];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains("secret") && !text.contains("chrysalis"), "{}:\n{text}", path.display());
            read += 1;
        }
    }
    assert!(read >= 5, "{read}");
    assert!(course.read("out/feedback/ann.md").contains("**1 of 5 points**"), "the points are told");
    let page = course.read("out/report.html");
    assert!(page.contains("the secret way") && page.contains("chrysalis"), "the page is the instructor's");
}

const DUE: &str = "2026-11-20T12:00:00Z";

/// Bob is one day late, and Cyd a month.
fn with_times() -> crate::support::Mini {
    class(&[("ann", RIGHT), ("bob", RIGHT), ("cyd", WRONG)]).file(
        "roster.csv",
        "key,name,submitted\nann,Ann,2026-11-20T12:00:00Z\nbob,Bob,2026-11-21T18:00:00+01:00\n\
         cyd,Cyd,2026-12-24T00:00:00Z\n",
    )
}

fn of_roster<'a>(more: &[&'a str]) -> Vec<&'a str> {
    ["--roster", "roster.csv"].into_iter().chain(more.iter().copied()).collect()
}

/// Late days, and what they cost.
fn late(course: &crate::support::Mini, key: &str) -> (u64, f64) {
    let one = record(course, key);
    (one["days_late"].as_u64().unwrap(), one["penalty"].as_f64().unwrap())
}

#[test]
fn late_days_cost_by_the_time_of_submission() {
    let course = with_times();
    let all = || ["ann", "bob", "cyd"].map(|key| late(&course, key));
    let due = |policy| of_roster(&["--deadline", DUE, "--late-policy", policy]);
    grade(&course, &due("30%/day")).says("3 exercises were run").check();
    assert_eq!(all(), [(0, 0.0), (2, 0.6), (34, 0.0)]);
    // Another policy is another sum, and no other grade.
    grade(&course, &due("30%/day,max 50%"))
        .says("0 exercises were run")
        .complains(
            "note: due 2026-11-20T12:00:00Z, 30%/day,max 50%; in the last run it was: due \
             2026-11-20T12:00:00Z, 30%/day\n",
        )
        .check();
    assert_eq!(all(), [(0, 0.0), (2, 0.5), (34, 0.0)]);
    // The same once more is nothing to talk about.
    grade(&course, &due("30%/day,max 50%")).says("0 exercises were run").check();
}

#[test]
fn what_is_not_said_of_lateness_stays_as_it_was() {
    let course = with_times();
    let policy = ["--deadline", DUE, "--late-policy", "30%/day"];
    grade(&course, &of_roster(&policy)).says("3 exercises were run").check();
    grade(&course, &of_roster(&[]))
        .says("0 exercises were run")
        .complains(
            "note: due 2026-11-20T12:00:00Z, 30%/day: as in the last run; --no-deadline takes it away\n",
        )
        .check();
    assert_eq!(late(&course, "bob"), (2, 0.6));
    // A longer time keeps the policy, and a new policy the time; whoever is graded anew is no exception.
    course.write("class/bob/02_more/src/main.rs", RIGHT);
    grade(&course, &of_roster(&["--deadline", "2026-11-21T12:00:00Z"]))
        .says("1 exercise was run")
        .complains("note: due 2026-11-21T12:00:00Z, 30%/day; in the last run it was: due ")
        .check();
    assert_eq!(late(&course, "bob"), (1, 0.6));
    grade(&course, &of_roster(&["--late-policy", "none"]))
        .says("0 exe")
        .complains("cost nothing; in")
        .check();
    assert_eq!(late(&course, "bob"), (1, 0.0));
    // One class has one policy, also where only one of them is graded.
    course
        .checker(["grade", "class/ann", "--out", "out", "--no-deadline"])
        .says("1 submission ")
        .complains(
            "note: no deadline; in the last run it was: due 2026-11-21T12:00:00Z, late days cost nothing",
        )
        .complains("note: on record, and not among these submissions: bob, cyd; --prune")
        .check();
    assert_eq!(late(&course, "bob"), (0, 0.0));
    grade(&course, &of_roster(&[])).says("0 exercises were run").check();
    assert_eq!(late(&course, "bob"), (0, 0.0));
}

#[test]
fn late_days_whose_deadline_nobody_knows_are_not_dropped_unasked() {
    let course = with_times();
    let policy = ["--deadline", DUE, "--late-policy", "30%/day"];
    grade(&course, &of_roster(&policy)).says("3 exercises were run").check();
    // As before the checker kept it.
    std::fs::remove_file(course.path().join("out/late.json")).unwrap();
    let before = course.read("out/grades.jsonl");
    grade(&course, &of_roster(&[])).code(2).complains("out: late days are on record there").check();
    assert_eq!(course.read("out/grades.jsonl"), before);
    course.checker(["report", "out", "--format", "csv"]).says("bob").check();
    grade(&course, &of_roster(&["--no-deadline"])).says("0 exercises were run").check();
    assert_eq!(late(&course, "bob"), (0, 0.0));
    course.write("out/late.json", "30% a day");
    grade(&course, &of_roster(&[])).code(2).complains("out/late.json: ").check();
}

#[test]
fn a_deadline_that_is_no_time_is_refused_before_anything_runs() {
    let course = with_times();
    for time in ["20261120", "5", "2026-02-31T00:00:00Z", "2026-11-20T12:00:00+99:99", "2026-11-20"] {
        let why = format!("--deadline: `{time}` is no time; write it as `2026-11-20T23:59:59+01:00`");
        grade(&course, &of_roster(&["--deadline", time])).code(2).complains(&why).check();
    }
    assert!(!course.path().join("out").exists());
}
