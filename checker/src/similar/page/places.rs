//! One pair's places, side by side.

use super::super::report::{Line, Member, Pair, Place, Region};
use super::super::table::percent;
use super::text::{name, text};

/// The section of the pair with this number, of `shown`.
pub(super) fn section(pair: &Pair, number: usize, shown: usize) -> String {
    let mut out =
        format!("<section id=\"pair-{number}\" aria-labelledby=\"head-{number}\">\n<div class=\"head\">");
    out += &format!(
        "<h2 id=\"head-{number}\">{number}. {} and {}, {}</h2>",
        name(&pair.left.key),
        name(&pair.right.key),
        name(&pair.exercise)
    );
    out += "<nav><a href=\"#top\">table</a>";
    if number > 1 {
        out += &format!(" · <a href=\"#pair-{}\">previous</a>", number - 1);
    }
    if number < shown {
        out += &format!(" · <a href=\"#pair-{}\">next</a>", number + 1);
    }
    out += &format!(
        "</nav></div>\n<p>{} shared tokens: {}, {}. Suspicion {:.0}.</p>\n",
        pair.tokens,
        part(&pair.left),
        part(&pair.right),
        pair.suspicion
    );
    for place in &pair.places {
        out += &details(pair, place);
    }
    out + "</section>\n"
}

fn part(member: &Member) -> String {
    format!("{} of the {} of {}", percent(member.share), member.own, name(&member.key))
}

fn details(pair: &Pair, place: &Place) -> String {
    format!(
        "<details open><summary>{} shared tokens: {} and {}</summary>\n<div class=\"sides\">\n{}{}</div></details>\n",
        place.tokens,
        span(&place.left),
        span(&place.right),
        side(&pair.left, &place.left),
        side(&pair.right, &place.right)
    )
}

/// Where a region is: `src/main.rs 12–40`.
fn span(region: &Region) -> String {
    let lines = if region.first_line == region.last_line {
        region.first_line.to_string()
    } else {
        format!("{}–{}", region.first_line, region.last_line)
    };
    format!("{} {lines}", name(&region.file))
}

fn side(member: &Member, region: &Region) -> String {
    let mut out = format!(
        "<figure><figcaption><b>{}</b> <span class=\"dim\">{}</span></figcaption>\n<ol class=\"code\" start=\"{}\">\n",
        name(&member.key),
        span(region),
        region.first_line
    );
    out.extend(region.lines.iter().map(line));
    out += "</ol>";
    let all = region.last_line + 1 - region.first_line;
    if all > region.lines.len() {
        out += &format!("<p class=\"more\">and {} more lines</p>", all - region.lines.len());
    }
    out + "</figure>\n"
}

fn line(line: &Line) -> String {
    let hit = if line.pieces.iter().any(|(shared, _)| *shared) { " class=\"hit\"" } else { "" };
    let pieces = line.pieces.iter().map(|(shared, piece)| {
        let piece = text(piece);
        if *shared { format!("<mark>{piece}</mark>") } else { piece }
    });
    format!("<li data-n=\"{}\"{hit}><code>{}</code></li>\n", line.number, pieces.collect::<String>())
}
