//! The table of pairs.

use super::super::report::{Pair, Report};
use super::super::table::percent;
use super::text::name;

/// All pairs, the first `shown` of them with a link to their places.
pub(super) fn table(report: &Report, shown: usize) -> String {
    if report.pairs.is_empty() {
        return String::new();
    }
    let mut out =
        String::from("<div class=\"scroll\"><table>\n<caption>Pairs, the most suspicious first</caption>\n");
    out += "<thead><tr><th scope=\"col\" class=\"num\">#</th>";
    for head in ["Exercise", "Left", "Right"] {
        out += &format!("<th scope=\"col\">{head}</th>");
    }
    for head in ["Shared", "Of left", "Of right", "Suspicion", "Together in"] {
        out += &format!("<th scope=\"col\" class=\"num\">{head}</th>");
    }
    out += "</tr></thead>\n<tbody>\n";
    for (at, (pair, meetings)) in report.pairs.iter().zip(report.meetings()).enumerate() {
        out += &row(pair, at + 1, meetings, at < shown);
    }
    out + "</tbody></table></div>\n"
}

fn row(pair: &Pair, number: usize, meetings: usize, linked: bool) -> String {
    let head = if linked { format!("<a href=\"#pair-{number}\">{number}</a>") } else { number.to_string() };
    format!(
        "<tr><th scope=\"row\" class=\"num\">{head}</th><td>{}</td><td>{}</td><td>{}</td>\
         <td class=\"num\">{}</td>{}{}<td class=\"num\">{:.0}</td><td class=\"num\">{meetings}</td></tr>\n",
        name(&pair.exercise),
        name(&pair.left.key),
        name(&pair.right.key),
        pair.tokens,
        share(pair.left.share),
        share(pair.right.share),
        pair.suspicion,
    )
}

fn share(share: f64) -> String {
    let percent = percent(share);
    format!("<td class=\"num\">{percent}<progress value=\"{share:.2}\" aria-hidden=\"true\"></progress></td>")
}
