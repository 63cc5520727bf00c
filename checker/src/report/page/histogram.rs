//! How many students have how many points.

use super::class::Class;
use super::figures::{many, points, possible};
use super::html::Html;

/// Tenths of the points.
const BARS: usize = 10;
/// The picture's size, in its own units; a unit is a little more than a pixel on a wide screen.
const WIDTH: usize = 440;
const HEIGHT: usize = 170;
/// Where the bars stand, and what the tallest measures.
const FLOOR: usize = 145;
const TALLEST: usize = 120;

pub(super) fn histogram(html: &mut Html, class: &Class) {
    html.raw("<section aria-labelledby=\"points\">\n<h2 id=\"points\" tabindex=\"-1\">Points</h2>\n");
    let sums: Vec<f64> = class.students.iter().filter_map(|entry| entry.standing.full()).collect();
    let possible = possible(class.students.iter().map(|entry| entry.record));
    let counts = counts(&sums, possible);
    let left_out = class.students.len() - sums.len();
    html.raw("<p>")
        .text(&many(sums.len(), "student", "students"))
        .raw(" by points, after what lateness takes off");
    if left_out > 0 {
        html.raw("; ").show(left_out).raw(" not graded in full or not taken ");
        html.raw(if left_out == 1 { "is" } else { "are" }).raw(" left out");
    }
    html.raw(".</p>\n");
    if !sums.is_empty() {
        picture(html, &counts, possible);
        table(html, &counts, possible);
    }
    html.raw("</section>\n");
}

/// Full marks are in the last tenth.
fn counts(sums: &[f64], possible: f64) -> [usize; BARS] {
    let mut counts = [0; BARS];
    for sum in sums {
        let share = if possible > 0.0 { sum / possible } else { 0.0 };
        // Negative and not-a-number become 0 here.
        counts[((share * BARS as f64) as usize).min(BARS - 1)] += 1;
    }
    counts
}

/// The points at which a tenth begins.
fn begin(tenth: usize, possible: f64) -> String {
    points(possible * tenth as f64 / BARS as f64)
}

fn picture(html: &mut Html, counts: &[usize; BARS], possible: f64) {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    html.raw("<svg class=\"histogram\" role=\"img\" aria-label=\"Histogram of points; the table below has its figures\"");
    html.attr("viewBox", format_args!("0 0 {WIDTH} {HEIGHT}")).raw(">\n");
    let step = (WIDTH - 20) / BARS;
    for (tenth, count) in counts.iter().enumerate() {
        let (left, tall) = (10 + tenth * step, (count * TALLEST).div_ceil(most));
        html.raw("<rect").attr("x", left + 2).attr("y", FLOOR - tall);
        html.attr("width", step - 4).attr("height", tall).raw("></rect>");
        if *count > 0 {
            label(html, left + step / 2, FLOOR - tall - 5, &count.to_string());
        }
        label(html, left, FLOOR + 16, &begin(tenth, possible));
        html.raw("\n");
    }
    label(html, 10 + BARS * step, FLOOR + 16, &begin(BARS, possible));
    html.raw("<path").attr("d", format_args!("M6 {FLOOR}H{}", WIDTH - 6)).raw("></path>\n</svg>\n");
}

fn label(html: &mut Html, x: usize, y: usize, text: &str) {
    html.raw("<text").attr("x", x).attr("y", y).raw(">").text(text).raw("</text>");
}

fn table(html: &mut Html, counts: &[usize; BARS], possible: f64) {
    html.raw("<details><summary>The same as a table</summary>\n<table class=\"plain\">\n");
    html.raw(
        "<thead><tr><th scope=\"col\">Points</th><th scope=\"col\">Students</th></tr></thead>\n<tbody>\n",
    );
    for (tenth, count) in counts.iter().enumerate() {
        let last = if tenth + 1 == BARS { "to" } else { "to below" };
        let range = format!("{} {last} {}", begin(tenth, possible), begin(tenth + 1, possible));
        html.raw("<tr><th scope=\"row\">").text(&range).raw("</th><td>").show(count).raw("</td></tr>\n");
    }
    html.raw("</tbody>\n</table>\n</details>\n");
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn full_marks_are_in_the_last_tenth_and_nothing_falls_out() {
        assert_eq!(
            counts(&[0.0, 9.9, 10.0, 99.0, 100.0, 120.0, -5.0, f64::NAN], 100.0),
            [4, 1, 0, 0, 0, 0, 0, 0, 0, 3]
        );
        assert_eq!(counts(&[0.0], 0.0), [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    }
}
