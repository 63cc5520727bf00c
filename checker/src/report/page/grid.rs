//! The grid: a row for each student, a column for each exercise.

use super::class::{Class, Column, Entry, is_flaky};
use super::date::utc;
use super::figures::{median, percent, points};
use super::html::Html;
use super::mark::{EXERCISE_MARKS, of_exercise};
use super::standing::{Standing, has_points};
use crate::gradebook::record::{ExerciseGrade, ExerciseStatus};

pub(super) fn grid(html: &mut Html, class: &Class) {
    html.raw("<section aria-labelledby=\"class\">\n<h2 id=\"class\" tabindex=\"-1\">Class</h2>\n");
    legend(html);
    html.raw(TOOLS);
    html.raw("<div class=\"scroll tall\" role=\"region\" aria-labelledby=\"class\" tabindex=\"0\">\n<table id=\"grid\">\n");
    html.raw("<caption>Points of each student in each exercise</caption>\n");
    header(html, &class.columns);
    html.raw("<tbody>\n");
    for entry in &class.students {
        row(html, entry);
    }
    html.raw("</tbody>\n");
    footer(html, class);
    html.raw("</table>\n</div>\n</section>\n");
}

/// Shown only where the script runs.
const TOOLS: &str = "<div class=\"tools\"><label for=\"filter\">Show only rows with</label> \
    <input id=\"filter\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" \
    placeholder=\"name, id, late, flaky, not graded\"> \
    <span id=\"told\" role=\"status\"></span></div>\n";

fn legend(html: &mut Html) {
    html.raw("<ul class=\"legend\" aria-label=\"Marks\">");
    for mark in EXERCISE_MARKS {
        html.raw("<li").attr("class", mark.class).raw(">");
        html.raw(mark.word).raw("</li>");
    }
    html.raw("</ul>\n");
}

fn header(html: &mut Html, columns: &[Column]) {
    html.raw(
        "<thead>\n<tr><th scope=\"col\" aria-sort=\"ascending\">Student</th><th scope=\"col\">Points</th>",
    );
    for column in columns {
        html.raw("<th scope=\"col\"").attr("title", column.title).raw(">");
        for (at, part) in column.name.split_inclusive('_').enumerate() {
            html.raw(if at > 0 { "<wbr>" } else { "" }).text(part);
        }
        html.raw("</th>");
    }
    html.raw("<th scope=\"col\">Submitted</th></tr>\n</thead>\n");
}

fn row(html: &mut Html, entry: &Entry) {
    let student = &entry.record.student;
    html.raw("<tr><th scope=\"row\"><a").attr("href", format_args!("#{}", entry.anchor)).raw(">");
    html.name(&entry.name).raw("</a>");
    let id = student.id.as_ref().unwrap_or(&student.key);
    if *id != entry.name {
        html.raw(" <small>").name(id).raw("</small>");
    }
    if entry.record.trouble.is_some() {
        html.raw(" <em>not taken</em>");
    }
    html.raw("</th>");
    sum(html, entry);
    for exercise in &entry.exercises {
        cell(html, *exercise, entry.record.trouble.is_some());
    }
    submitted(html, entry);
    html.raw("</tr>\n");
}

/// `data-v` is what a column is sorted by; a cell without it comes last, whichever way.
fn sum(html: &mut Html, entry: &Entry) {
    let record = entry.record;
    html.raw("<td class=\"sum\"");
    match entry.standing {
        Standing::Full(sum) => {
            html.attr("data-v", sum).raw("><b>").show(points(sum)).raw("</b>");
            html.raw("<small>/").show(points(record.points_possible)).raw("</small>");
            if record.penalty > 0.0 {
                html.raw(" <small class=\"off\">late −").show(points(record.penalty)).raw("</small>");
            }
        }
        Standing::Partly { points, possible, .. } => {
            html.raw("><b>").show(points).raw("</b><small>/").show(possible).raw("</small> <em>so far</em>");
        }
        Standing::Nothing => {
            html.raw("><em>")
                .raw(if record.trouble.is_some() { "not taken" } else { "not graded" })
                .raw("</em>");
        }
    }
    html.raw("</td>");
}

fn cell(html: &mut Html, exercise: Option<&ExerciseGrade>, troubled: bool) {
    let Some(exercise) = exercise else {
        html.raw("<td></td>");
        return;
    };
    let mark = of_exercise(exercise, troubled);
    html.raw("<td").attr("class", mark.class);
    if has_points(exercise, troubled) {
        html.attr("data-v", exercise.points).raw("><b>").show(exercise.points).raw("</b>/");
        html.show(exercise.points_possible).raw(" ");
    } else {
        html.raw(">");
    }
    html.raw("<span>").raw(mark.word).raw("</span>");
    if is_flaky(exercise) {
        html.raw(" <em>flaky</em>");
    }
    html.raw("</td>");
}

fn submitted(html: &mut Html, entry: &Entry) {
    html.raw("<td class=\"when\"");
    match entry.record.submitted_at {
        Some(at) => html.attr("data-v", at).raw(">").text(utc(at).trim_end_matches(" UTC")),
        None => html.raw(">unknown"),
    };
    if entry.record.days_late > 0 {
        html.raw(" <em>late ").show(entry.record.days_late).raw(" d</em>");
    }
    html.raw("</td>");
}

/// The median of each column, and how many of those that were graded passed.
fn footer(html: &mut Html, class: &Class) {
    html.raw("<tfoot>\n<tr><th scope=\"row\">Median</th><td class=\"sum\">");
    middle(html, class.students.iter().filter_map(|entry| entry.standing.full()).collect());
    for column in 0..class.columns.len() {
        html.raw("</td><td>");
        middle(html, graded(class, column).map(|exercise| exercise.points.into()).collect());
    }
    html.raw("</td><td></td></tr>\n<tr><th scope=\"row\">Passed</th><td></td>");
    for column in 0..class.columns.len() {
        let passed = graded(class, column).filter(|one| one.status == ExerciseStatus::Passed).count();
        html.raw("<td>").show(percent(passed, graded(class, column).count())).raw("</td>");
    }
    html.raw("<td></td></tr>\n</tfoot>\n");
}

fn middle(html: &mut Html, values: Vec<f64>) {
    match median(values) {
        Some(median) => html.raw("<b>").show(points(median)).raw("</b>"),
        None => html.raw("–"),
    };
}

/// What a column's figures are made from.
fn graded<'c>(class: &'c Class, column: usize) -> impl Iterator<Item = &'c ExerciseGrade> {
    class.students.iter().filter_map(move |entry| {
        entry.exercises[column].filter(|exercise| has_points(exercise, entry.record.trouble.is_some()))
    })
}
