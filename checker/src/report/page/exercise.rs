//! An exercise on a student's page, with each failure as the student would see it in the terminal.

use super::html::Html;
use super::mark::{Mark, of_exercise, of_scenario};
use super::standing::has_points;
use super::texts::{Place, Texts};
use crate::gradebook::record::{ExerciseGrade, ScenarioGrade, ScenarioStatus};

/// `troubled` where the submission could not be taken.
pub(super) fn exercise<'a>(
    html: &mut Html,
    anchor: &str,
    (grade, troubled): (&'a ExerciseGrade, bool),
    texts: &mut Texts<'a>,
) {
    let mark = of_exercise(grade, troubled);
    html.raw("<h3 tabindex=\"-1\"")
        .attr("id", anchor)
        .raw(">")
        .text(&grade.name)
        .raw(" <small>")
        .text(&grade.title);
    html.raw("</small> ");
    label(html, mark);
    if has_points(grade, troubled) {
        html.raw(" <b>").show(grade.points).raw("</b> of ").show(grade.points_possible);
    }
    html.raw("</h3>\n");
    if let Some(message) = &grade.message {
        html.raw("<details").attr("class", mark.class).raw("><summary>Why</summary>");
        text(html, message, texts);
        html.raw("</details>\n");
    }
    for scenario in grade.scenarios.iter().filter(|scenario| !is_plain(scenario)) {
        shown(html, scenario, texts);
    }
    passed(html, grade);
}

/// Passed, and no more to be said of it.
fn is_plain(scenario: &ScenarioGrade) -> bool {
    scenario.status == ScenarioStatus::Passed && !scenario.flaky
}

fn label(html: &mut Html, mark: Mark) {
    html.raw("<span").attr("class", mark.class).raw(">").raw(mark.word).raw("</span>");
}

/// A scenario that failed, or was not graded, or was skipped, or passed with a flaw.
fn shown<'a>(html: &mut Html, scenario: &'a ScenarioGrade, texts: &mut Texts<'a>) {
    let mark = of_scenario(scenario.status);
    match &scenario.report {
        Some(report) => {
            html.raw("<details").attr("class", mark.class).raw("><summary>");
            line(html, scenario, mark);
            html.raw("</summary>");
            text(html, report, texts);
            html.raw("</details>");
        }
        None => {
            html.raw("<p").attr("class", mark.class).raw(">");
            line(html, scenario, mark);
            html.raw("</p>\n");
        }
    }
}

fn line(html: &mut Html, scenario: &ScenarioGrade, mark: Mark) {
    html.show(scenario.number).raw(" <b>").text(&scenario.name).raw("</b> ").raw(mark.word);
    if scenario.status != ScenarioStatus::NotGraded {
        html.raw(", ").show(scenario.points).raw(" of ").show(scenario.points_possible);
    }
    html.raw(if scenario.hidden { " <em>hidden</em>" } else { "" });
    html.raw(if scenario.flaky { " <em>flaky</em>" } else { "" });
    if let Some(finding) = &scenario.finding {
        html.raw(" · ").text(finding);
    }
    if let Some(summary) = &scenario.summary {
        html.raw(if scenario.finding.is_some() { ": " } else { " · " }).text(summary);
    }
}

/// The text itself, or a link to where it stands already; the script puts the text in the link's place.
fn text<'a>(html: &mut Html, text: &'a str, texts: &mut Texts<'a>) {
    match texts.place(text) {
        Place::Here(number) => {
            html.raw("<pre").attr("id", format_args!("text-{number}")).raw(">\n");
            html.lines(&texts.cut(text)).raw("</pre>");
        }
        Place::Before(number) => {
            html.raw("<a class=\"same\"").attr("href", format_args!("#text-{number}"));
            html.raw(">The same text as another student’s</a>");
        }
    }
}

/// Those that passed, on one line: there are thousands in a class.
fn passed(html: &mut Html, grade: &ExerciseGrade) {
    let mut passed = grade.scenarios.iter().filter(|scenario| is_plain(scenario)).peekable();
    if passed.peek().is_none() {
        return;
    }
    html.raw("<p class=\"fine\">✓ passed: ");
    while let Some(scenario) = passed.next() {
        html.show(scenario.number).raw(" ").text(&scenario.name);
        html.raw(if scenario.hidden { " (hidden)" } else { "" });
        html.raw(if passed.peek().is_some() { " · " } else { "" });
    }
    html.raw("</p>\n");
}
