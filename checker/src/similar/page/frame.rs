//! The page around the pairs.

use super::super::report::Report;
use super::super::table::summary;
use super::places::section;
use super::table::table;
use super::text::{name, names, text};

/// How many pairs are shown side by side. The table has all of the report's.
const MOST_SHOWN: usize = 100;

const STYLE: &str = include_str!("style.css");

/// The whole page: a table of the pairs, then each pair's places side by side.
///
/// It loads nothing, runs no script and holds all submitted text escaped; its own policy
/// (`Content-Security-Policy`) forbids everything but the styles within it.
pub fn page(report: &Report) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ";
    out += "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n";
    out +=
        &format!("<title>Similar submissions</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n");
    out += &format!("<h1 id=\"top\">Similar submissions</h1>\n<p>{}.</p>\n", text(&summary(report)));
    out += &about(report);
    out += &table(report, MOST_SHOWN);
    out += &remarks(report);
    for (at, pair) in report.pairs.iter().take(MOST_SHOWN).enumerate() {
        out += &section(pair, at + 1, report.pairs.len().min(MOST_SHOWN));
    }
    out + "</main>\n</body>\n</html>\n"
}

fn about(report: &Report) -> String {
    let options = &report.options;
    format!(
        "<p class=\"about\">A pair is a reason to look, not a verdict: two who learned from the same lesson write \
         alike.</p>\n<details class=\"about\"><summary>What the numbers mean</summary>\n\
         <p>Programs are compared as sequences of tokens, without comments, formatting, names, values of literals \
         and <code>use</code> declarations. What stands in the given texts is nobody’s own; nor is what more than \
         {common} % of the submissions of an exercise have (and more than {least} of them). Of what is left, \
         every stretch of {guarantee} tokens that two have in common is found, and none shorter than {gram}.</p>\n\
         <p><b>Shared</b> counts the tokens that both have. <b>Of left</b> and <b>of right</b> say how much that \
         is of each one’s own. <b>Suspicion</b> is the number of shared tokens, where a token counts less the \
         more submissions have it, times the greater share. <b>Together in</b> is the number of exercises in \
         which the same two are a pair. A pair is reported from {tokens} shared tokens and a \
         share of {share} %.</p>\n</details>\n",
        common = (options.common_share * 100.0).round(),
        least = options.common_least,
        guarantee = options.guarantee(),
        gram = options.gram,
        tokens = options.least_tokens,
        share = (options.least_share * 100.0).round(),
    )
}

fn remarks(report: &Report) -> String {
    let groups = report.groups.iter().map(|group| {
        let (exercise, keys) = (name(&group.exercise), names(&group.keys));
        format!("<li>{exercise}: a group of {}: {keys}</li>\n", group.keys.len())
    });
    let bare = report.exercises.iter().filter(|compared| !compared.nothing_own.is_empty()).map(|compared| {
        let (exercise, keys) = (name(&compared.exercise), names(&compared.nothing_own));
        format!("<li>{exercise}: next to nothing that is not given or common: {keys}</li>\n")
    });
    let notes = report.notes.iter().map(|note| {
        format!("<li>{}: {}: {}</li>\n", name(&note.exercise), name(&note.key), text(&note.text))
    });
    let all: String = groups.chain(bare).chain(notes).collect();
    if all.is_empty() { String::new() } else { format!("<h2>Also</h2>\n<ul>\n{all}</ul>\n") }
}
