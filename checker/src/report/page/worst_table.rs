//! Which scenario fails most, with the share and an example.

use super::class::Class;
use super::figures::percent;
use super::html::Html;
use super::texts::Texts;
use super::worst::{Tally, worst};

/// So many are in sight; the others are a click away.
const SHOWN: usize = 15;

pub(super) fn worst_table(html: &mut Html, class: &Class, texts: &Texts) {
    html.raw("<section aria-labelledby=\"scenarios\">\n");
    html.raw("<h2 id=\"scenarios\" tabindex=\"-1\">Scenarios that fail most</h2>\n");
    let tallies = worst(class);
    if tallies.is_empty() {
        html.raw("<p>None has failed.</p>\n</section>\n");
        return;
    }
    html.raw("<p>By how many failed, of the programs that each was tried with; what did not compile is not among them.</p>\n");
    let (first, others) = tallies.split_at(tallies.len().min(SHOWN));
    table(html, class, texts, first);
    if !others.is_empty() {
        html.raw("<details><summary>").show(others.len()).raw(" more</summary>\n");
        table(html, class, texts, others);
        html.raw("</details>\n");
    }
    html.raw("</section>\n");
}

fn table(html: &mut Html, class: &Class, texts: &Texts, tallies: &[Tally]) {
    html.raw("<div class=\"scroll\" role=\"region\" aria-labelledby=\"scenarios\" tabindex=\"0\">\n");
    html.raw("<table class=\"plain worst\">\n<thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\">Failed</th>");
    html.raw("<th scope=\"col\">Mostly by</th></tr></thead>\n<tbody>\n");
    for tally in tallies {
        row(html, class, tally);
        example(html, class, texts, tally);
    }
    html.raw("</tbody>\n</table>\n</div>\n");
}

fn row(html: &mut Html, class: &Class, tally: &Tally) {
    let Tally { scenario, tried, failed, .. } = tally;
    html.raw("<tr><th scope=\"row\"><small>").text(class.columns[tally.column].name).raw("</small> ");
    html.show(scenario.number).raw(" ").text(&scenario.name);
    html.raw(if scenario.hidden { " <em>hidden</em>" } else { "" })
        .raw("</th><td><b>")
        .show(percent(*failed, *tried));
    html.raw("</b> <small>").show(failed).raw(" of ").show(tried).raw("</small> ");
    html.raw("<svg class=\"bar\" aria-hidden=\"true\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\"><rect class=\"all\" width=\"100\" height=\"6\"></rect>");
    html.raw("<rect height=\"6\"").attr("width", failed * 100 / tried.max(&1)).raw("></rect></svg></td><td>");
    if let Some((finding, count)) = tally.usual {
        html.raw("<code>")
            .text(finding)
            .raw("</code> <small>")
            .show(count)
            .raw(" of ")
            .show(failed)
            .raw("</small>");
    }
    html.raw("</td></tr>\n");
}

/// A row below, over the whole width, where the failure's lines have room.
fn example(html: &mut Html, class: &Class, texts: &Texts, tally: &Tally) {
    let (student, scenario) = tally.example;
    let entry = &class.students[student];
    html.raw("<tr class=\"example\"><td colspan=\"3\"><details><summary>Example: ").name(&entry.name);
    html.raw("</summary>\n<p><a").attr("href", format_args!("#{}", entry.exercise_anchor(tally.column)));
    html.raw(">All of ").name(&entry.name).raw("</a></p>\n<pre>\n");
    let text = scenario.report.as_deref().or(scenario.summary.as_deref()).unwrap_or("nothing is known of it");
    html.lines(&texts.cut(text)).raw("</pre></details></td></tr>\n");
}
