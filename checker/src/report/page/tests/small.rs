//! A class of three, small enough to read, with one of everything.

use super::sample::{Make, nothing};
use crate::gradebook::record::*;
use crate::report::grades::CourseInfo;

const MAKE: Make = Make { students: 4, exercises: 2, scenarios: 3, failing: 0, seed: 1 };

pub fn course() -> CourseInfo {
    MAKE.course()
}

/// All passed; one failure, hidden, late, flaky; not compiled and not graded; an archive that is broken.
pub fn class() -> Vec<Record> {
    let mut class = MAKE.class();
    for (number, record) in class.iter_mut().enumerate() {
        record.student.name =
            Some(["Ann Example", "Bob Example", "Cy Example", "Di Example"][number].to_owned());
        record.digest = format!("{number:064}");
    }
    fail(&mut class[1].exercises[0].scenarios[1], "wrong_peer");
    class[1].exercises[0].status = ExerciseStatus::Failed;
    class[1].exercises[0].points = 3;
    class[1].exercises[1].scenarios[2].flaky = true;
    (class[1].days_late, class[1].points, class[1].penalty) = (2, 8.0, 2.5);
    let broken = &class[2].exercises;
    class[2].exercises = vec![
        nothing(&broken[0], ExerciseStatus::DidNotCompile),
        nothing(&broken[1], ExerciseStatus::NotGraded),
    ];
    class[2].points = 0.0;
    let gone = &mut class[3];
    gone.exercises.iter_mut().for_each(|one| *one = nothing(one, ExerciseStatus::Missing));
    gone.trouble = Some(Trouble { kind: "empty".to_owned(), message: "the folder is empty".to_owned() });
    (gone.points, gone.submitted_at) = (0.0, None);
    class
}

fn fail(scenario: &mut ScenarioGrade, finding: &str) {
    scenario.status = ScenarioStatus::Failed;
    (scenario.points, scenario.hidden) = (0, true);
    scenario.finding = Some(finding.to_owned());
    scenario.summary = Some("expected \"from bob\", got nothing".to_owned());
    scenario.report = Some("✗ it works\n\n  expected  \"from <bob>\"\n  got       nothing\n".to_owned());
}
