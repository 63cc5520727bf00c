//! An exercise on a student's page, with each failure as the student would see it in the terminal, as data.

use serde::Serialize;

use super::mark::{Mark, of_exercise, of_scenario};
use super::standing::has_points;
use super::texts::Texts;
use super::visible::on_one_line;
use crate::gradebook::record::{ExerciseGrade, ScenarioGrade, ScenarioStatus};

#[derive(Debug, Serialize)]
pub(super) struct Exercise {
    mark: Mark,
    /// Reached and possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<[u32; 2]>,
    /// The lines of why it did not compile, or was not graded.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<usize>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scenarios: Vec<Scenario>,
    /// Those that passed with no more to be said of them, a line each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    passed: Vec<usize>,
}

/// A scenario that failed, or was not graded, or was skipped, or passed with a flaw.
#[derive(Debug, Serialize)]
struct Scenario {
    number: usize,
    /// A line.
    name: usize,
    mark: Mark,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<[u32; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<&'static str>,
    /// A line: the finding and the summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<usize>,
    /// Its lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Vec<usize>>,
}

/// `troubled` where the submission could not be taken.
pub(super) fn exercise(grade: &ExerciseGrade, troubled: bool, texts: &mut Texts) -> Exercise {
    let (plain, told): (Vec<_>, Vec<_>) = grade.scenarios.iter().partition(|scenario| is_plain(scenario));
    Exercise {
        mark: of_exercise(grade, troubled),
        points: has_points(grade, troubled).then_some([grade.points, grade.points_possible]),
        why: grade.message.as_ref().map(|message| texts.lines(message)),
        scenarios: told.into_iter().map(|one| scenario(one, texts)).collect(),
        passed: plain.into_iter().map(|one| texts.line(&passed(one))).collect(),
    }
}

/// Passed, and no more to be said of it.
fn is_plain(scenario: &ScenarioGrade) -> bool {
    scenario.status == ScenarioStatus::Passed && !scenario.flaky
}

fn passed(scenario: &ScenarioGrade) -> String {
    let hidden = if scenario.hidden { " (hidden)" } else { "" };
    format!("{} {}{hidden}", scenario.number, on_one_line(&scenario.name))
}

fn scenario(scenario: &ScenarioGrade, texts: &mut Texts) -> Scenario {
    let is_graded = scenario.status != ScenarioStatus::NotGraded;
    let flags = [(scenario.hidden, "hidden"), (scenario.flaky, "flaky")];
    let found: Vec<String> =
        [&scenario.finding, &scenario.summary].into_iter().flatten().map(|one| on_one_line(one)).collect();
    Scenario {
        number: scenario.number,
        name: texts.line(&on_one_line(&scenario.name)),
        mark: of_scenario(scenario.status),
        points: is_graded.then_some([scenario.points, scenario.points_possible]),
        flags: flags.into_iter().filter_map(|(holds, word)| holds.then_some(word)).collect(),
        found: (!found.is_empty()).then(|| texts.line(&found.join(": "))),
        report: scenario.report.as_ref().map(|report| texts.lines(report)),
    }
}
