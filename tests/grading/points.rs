//! Points, hidden scenarios, late days.

use super::class::{RIGHT, STEPS, WRONG, class, grade, record};

/// A second scenario of `01_demo` that is hidden, and fails.
fn with_a_hidden_one() -> crate::support::Mini {
    let course = class(&[("ann", RIGHT)]);
    let toml = course.read("exercises/01_demo/exercise.toml");
    let hidden = STEPS.replace("code = 0", "code = 42");
    let more = format!(
        "\n[[scenario]]\nname = \"the secret way\"\npoints = 3\nhidden = true\nsteps = [\n{hidden}\n]\n"
    );
    course.file("exercises/01_demo/exercise.toml", toml + &more)
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
            assert!(!text.contains("secret") && !text.contains("42"), "{}:\n{text}", path.display());
            read += 1;
        }
    }
    assert!(read >= 5, "{read}");
    assert!(course.read("out/feedback/ann.md").contains('5'), "the points are told");
    assert!(course.read("out/report.html").contains("the secret way"), "the page is the instructor's");
}

#[test]
fn late_days_cost_by_the_time_of_submission() {
    let course = class(&[("ann", RIGHT), ("bob", RIGHT), ("cyd", WRONG)]).file(
        "roster.csv",
        "key,name,submitted\nann,Ann,2026-11-20T12:00:00Z\nbob,Bob,2026-11-21T18:00:00+01:00\n\
         cyd,Cyd,2026-12-24T00:00:00Z\n",
    );
    let due = ["--roster", "roster.csv", "--deadline", "2026-11-20T12:00:00Z"];
    let with = |policy| due.into_iter().chain(["--late-policy", policy]).collect::<Vec<_>>();
    let late = |key| {
        let one = record(&course, key);
        (one["days_late"].as_u64().unwrap(), one["penalty"].as_f64().unwrap())
    };
    grade(&course, &with("30%/day")).says("3 exercises were run").check();
    assert_eq!((late("ann"), late("bob"), late("cyd")), ((0, 0.0), (2, 0.6), (34, 0.0)));
    // Another policy is another sum, and no other grade.
    grade(&course, &with("30%/day,max 50%")).says("0 exercises were run").check();
    assert_eq!((late("ann"), late("bob"), late("cyd")), ((0, 0.0), (2, 0.5), (34, 0.0)));
    grade(&course, &due).says("0 exercises were run").check();
    assert_eq!(late("bob"), (2, 0.0));
}
