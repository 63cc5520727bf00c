//! The whole page, put together.

use super::class::Class;
use super::html::Html;
use super::policy::policy;
use super::texts::Texts;
use super::{data, grid, histogram, summary, trouble, worst_table};
use crate::gradebook::record::Record;
use crate::report::grades::CourseInfo;

pub(super) const STYLE: &str = include_str!("page.css");
/// Stands in the head.
pub(super) const EARLY: &str = include_str!("early.js");
/// Stands behind the class and before the data, so that the class can be used while the data is still read.
pub(super) const SCRIPT: &str = concat!(include_str!("student.js"), include_str!("page.js"));

/// `report.html` of a class: UTF-8, complete, the same for the same records. `title` is the page's heading.
///
/// Failures are cut so that the page stays at about 15 MB at most: 8 KiB each in a usual class, and down to
/// a line each where everybody fails everything. A line of text is cut to 1000 letters, a name to 80.
pub fn page(records: &[Record], course: &CourseInfo, title: &str) -> String {
    let class = Class::of(records, course);
    let mut texts = Texts::of(records);
    let mut html = Html::default();
    head(&mut html, title);
    html.raw("<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n");
    html.raw("<header>\n<h1>").text(title).raw("</h1>\n");
    if !course.title.is_empty() && course.title != title {
        html.raw("<p class=\"course\">").text(&course.title).raw("</p>\n");
    }
    html.raw("</header>\n<main id=\"main\" tabindex=\"-1\">\n<div id=\"overview\">\n");
    summary::summary(&mut html, &class);
    html.raw(CONTENTS).raw(WITHOUT_SCRIPTS);
    grid::grid(&mut html, &class);
    histogram::histogram(&mut html, &class);
    worst_table::worst_table(&mut html, &class, &texts);
    trouble::trouble(&mut html, &class);
    html.raw("</div>\n</main>\n<script>").raw(SCRIPT).raw("</script>\n");
    data::data(&mut html, &class, &mut texts);
    html.raw("</body>\n</html>\n");
    html.into_string()
}

const CONTENTS: &str = "<nav aria-label=\"On this page\"><a href=\"#class\">Class</a> <a href=\"#points\">Points</a> \
    <a href=\"#scenarios\">Scenarios</a> <a href=\"#trouble\">Not taken</a></nav>\n";

const WITHOUT_SCRIPTS: &str = "<noscript><p class=\"trouble\">Without JavaScript this page shows the class, and no student’s \
    own page: the names lead nowhere, and the rows are not sorted or filtered. What each program did stands in <code>feedback/</code> \
    and in <code>grades.jsonl</code>, in the folder of <code>checker grade</code>.</p></noscript>\n";

fn head(html: &mut Html, title: &str) {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\"")
        .attr("content", policy(&[EARLY, SCRIPT], STYLE))
        .raw(">\n");
    html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.raw("<title>").text(title).raw("</title>\n");
    html.raw("<style>").raw(STYLE).raw("</style>\n<script>").raw(EARLY).raw("</script>\n</head>\n");
}
