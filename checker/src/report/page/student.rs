//! A student's page: a section that is shown alone when its name stands behind the `#`.

use super::class::Entry;
use super::date::utc;
use super::exercise;
use super::figures::{many, points};
use super::html::Html;
use super::standing::Standing;
use super::texts::Texts;

pub(super) fn student<'a>(html: &mut Html, entry: &Entry<'a>, texts: &mut Texts<'a>) {
    html.raw("<section class=\"student\"").attr("id", &entry.anchor);
    html.attr("aria-labelledby", format_args!("{}.0", entry.anchor)).raw(">\n");
    html.raw("<nav aria-label=\"Students\"><a class=\"back\" href=\"#class\">Back to the class</a></nav>\n<h2 tabindex=\"-1\"");
    html.attr("id", format_args!("{}.0", entry.anchor)).raw(">").name(&entry.name).raw("</h2>\n");
    total(html, entry);
    facts(html, entry);
    if let Some(trouble) = &entry.record.trouble {
        html.raw("<p class=\"trouble\"><em>not taken</em> <code>").text(&trouble.kind).raw("</code> ");
        html.text(&trouble.message).raw("</p>\n");
    }
    for (column, grade) in entry.exercises.iter().enumerate() {
        if let Some(grade) = grade {
            exercise::exercise(
                html,
                &entry.exercise_anchor(column),
                (grade, entry.record.trouble.is_some()),
                texts,
            );
        }
    }
    html.raw("</section>\n");
}

fn total(html: &mut Html, entry: &Entry) {
    let record = entry.record;
    html.raw("<p class=\"total\">");
    match entry.standing {
        Standing::Full(sum) => {
            html.raw("<b>")
                .show(points(sum))
                .raw("</b> of ")
                .show(points(record.points_possible))
                .raw(" points");
            if record.penalty > 0.0 {
                html.raw(" <small>").show(points(record.points)).raw(", and ");
                html.show(points(record.penalty)).raw(" taken off for lateness</small>");
            }
        }
        Standing::Partly { points, possible, missing } => {
            html.raw("<b>").show(points).raw("</b> of ").show(possible).raw(" points so far <em>");
            html.text(&many(missing, "exercise", "exercises")).raw(" not graded</em>");
        }
        Standing::Nothing => {
            html.raw("<em>nothing was graded</em>");
        }
    }
    html.raw("</p>\n");
}

fn facts(html: &mut Html, entry: &Entry) {
    let record = entry.record;
    html.raw("<dl>\n");
    let student = &record.student;
    let optional =
        [("Key", Some(&student.key)), ("Id", student.id.as_ref()), ("E-mail", student.email.as_ref())];
    for (label, value) in optional {
        if let Some(value) = value {
            fact(html, label, value);
        }
    }
    for (column, value) in &student.more {
        html.raw("<div><dt>").text(column).raw("</dt><dd>").name(value).raw("</dd></div>\n");
    }
    fact(html, "Found at", &record.source);
    let late = match record.days_late {
        0 => String::new(),
        days => format!(", late by {}", many(days as usize, "day", "days")),
    };
    let submitted = record.submitted_at.map_or("unknown".to_owned(), utc);
    fact(html, "Submitted", &format!("{submitted}{late}"));
    let took = record.took_ms as f64 / 1000.0;
    fact(
        html,
        "Graded",
        &format!("{}, in {took:.1} s, isolation rung {}", utc(record.graded_at), record.rung),
    );
    fact(html, "SHA-256", &record.digest);
    html.raw("</dl>\n");
}

fn fact(html: &mut Html, label: &'static str, value: &str) {
    html.raw("<div><dt>").raw(label).raw("</dt><dd>").name(value).raw("</dd></div>\n");
}
