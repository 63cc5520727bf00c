//! The class in one line.

use super::class::{Class, Entry};
use super::figures::{many, median, points, possible};
use super::html::Html;

pub(super) fn summary(html: &mut Html, class: &Class) {
    html.raw("<ul class=\"facts\">\n");
    for (figure, words) in facts(class) {
        html.raw("<li><b>").text(&figure).raw("</b> ").text(words).raw("</li>\n");
    }
    html.raw("</ul>\n");
}

/// Figures, each with what it is of; those that would say nothing are left out.
fn facts(class: &Class) -> Vec<(String, &'static str)> {
    let count = |which: &dyn Fn(&Entry) -> bool| class.students.iter().filter(|entry| which(entry)).count();
    let full: Vec<f64> = class.students.iter().filter_map(|entry| entry.standing.full()).collect();
    let mut facts = vec![
        (many(class.students.len(), "submission", "submissions"), ""),
        (full.len().to_string(), "graded in full"),
    ];
    if let Some(median) = median(full) {
        let possible = points(possible(class.students.iter().map(|entry| entry.record)));
        facts.push((format!("{} of {possible}", points(median)), "median of those graded in full"));
    }
    for (count, words) in [
        (
            count(&|entry| entry.record.trouble.is_none() && entry.standing.full().is_none()),
            "not graded in full, to be tried again",
        ),
        (count(&|entry| entry.record.trouble.is_some()), "could not be taken"),
        (count(&|entry| entry.record.days_late > 0), "late"),
        (count(&|entry| entry.is_flaky()), "with a flaky scenario"),
    ] {
        if count > 0 {
            facts.push((count.to_string(), words));
        }
    }
    facts
}
