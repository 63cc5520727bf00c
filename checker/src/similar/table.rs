//! The report for a terminal.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::report::{Pair, Report};
use super::visible::visible;

/// The columns of the numbers, and the blanks around the three names.
const NUMBERS: usize = 4 + 8 + 7 + 7 + 11 + 3 * 2;

/// The most names of a group that are listed.
const MOST_NAMES: usize = 12;

/// The pairs as a table of at most `width` columns (taken as 60 to 200), and what else is to be said, a line
/// each, of any length.
pub fn table(report: &Report, width: usize) -> String {
    let room = width.clamp(60, 200) - NUMBERS;
    let widest = |of: fn(&Pair) -> &str| report.pairs.iter().map(|pair| visible(of(pair)).width()).max();
    let name: fn(&Pair) -> &str = |pair| &pair.exercise;
    let needs =
        [name, |pair| &pair.left.key, |pair| &pair.right.key].map(|of| widest(of).unwrap_or(0).max(8));
    let columns = shared_out(needs, room);
    let mut out = String::new();
    if !report.pairs.is_empty() {
        let names = ["exercise", "left", "right"];
        let _ = writeln!(
            out,
            "{:>4}  {}{:>8}{:>7}{:>7}{:>11}",
            "#",
            cells(names, columns),
            "shared",
            "left",
            "right",
            "suspicion"
        );
    }
    for (at, pair) in report.pairs.iter().enumerate() {
        let names = [&*pair.exercise, &pair.left.key, &pair.right.key];
        let (left, right) = (percent(pair.left.share), percent(pair.right.share));
        let _ = writeln!(
            out,
            "{:>4}  {}{:>8}{left:>7}{right:>7}{:>11.0}",
            at + 1,
            cells(names, columns),
            pair.tokens,
            pair.suspicion
        );
    }
    out + &remarks(report)
}

/// A share as whole percents; 100 % is only what is all of it.
pub(super) fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).floor())
}

fn remarks(report: &Report) -> String {
    let mut out = String::new();
    for group in &report.groups {
        let exercise = visible(&group.exercise);
        let _ = writeln!(out, "group of {} in {exercise}: {}", group.keys.len(), listed(&group.keys));
    }
    for compared in report.exercises.iter().filter(|compared| !compared.nothing_own.is_empty()) {
        let exercise = visible(&compared.exercise);
        let _ = writeln!(out, "nothing of their own in {exercise}: {}", listed(&compared.nothing_own));
    }
    for note in &report.notes {
        let _ = writeln!(out, "{} in {}: {}", visible(&note.key), visible(&note.exercise), note.text);
    }
    out + &summary(report) + "\n"
}

/// The first of many names, and how many more there are.
fn listed(keys: &[String]) -> String {
    let mut names: Vec<String> = keys.iter().take(MOST_NAMES).map(|key| visible(key)).collect();
    if keys.len() > MOST_NAMES {
        names.push(format!("and {} more", keys.len() - MOST_NAMES));
    }
    names.join(", ")
}

/// What was compared, and how much was found, in a line.
pub(super) fn summary(report: &Report) -> String {
    let found = match report.pairs.len() + report.left_out {
        0 => "no pair shares more than the starter explains".to_owned(),
        1 => "1 pair shares more than the starter explains".to_owned(),
        n => format!("{n} pairs share more than the starter explains"),
    };
    let shown = match report.left_out {
        0 => String::new(),
        _ => format!(" (the {} most suspicious are shown)", report.pairs.len()),
    };
    let plural = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    format!(
        "{} of {} compared: {found}{shown}",
        plural(report.submissions(), "submission"),
        plural(report.exercises.len(), "exercise")
    )
}

/// What each gets of `room` columns that needs so many.
fn shared_out(needs: [usize; 3], room: usize) -> [usize; 3] {
    let mut order = [0, 1, 2];
    order.sort_by_key(|at| needs[*at]);
    let (mut given, mut left) = ([0; 3], room);
    for (at, others) in order.into_iter().zip([3, 2, 1]) {
        given[at] = needs[at].min(left / others);
        left -= given[at];
    }
    given
}

fn cells(texts: [&str; 3], columns: [usize; 3]) -> String {
    let cells = texts.into_iter().zip(columns).map(|(text, columns)| cell(&visible(text), columns));
    cells.collect::<Vec<_>>().join("  ")
}

/// `text` in exactly so many columns.
fn cell(text: &str, columns: usize) -> String {
    let (mut kept, mut used) = (String::new(), 0);
    let whole = text.width() <= columns;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if !whole && used + wide + 1 > columns {
            kept.push('…');
            used += 1;
            break;
        }
        kept.push(c);
        used += wide;
    }
    format!("{kept}{:1$}", "", columns.saturating_sub(used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_shared_out() {
        assert_eq!(shared_out([10, 8, 8], 40), [10, 8, 8]);
        assert_eq!(shared_out([8, 100, 100], 40), [8, 16, 16]);
        assert_eq!(shared_out([100, 100, 100], 30), [10, 10, 10]);
    }

    #[test]
    fn many_names_are_counted() {
        let keys: Vec<String> = (0..14).map(|n| format!("s{n}")).collect();
        assert!(listed(&keys).ends_with("s10, s11, and 2 more"));
        assert_eq!(listed(&keys[..2]), "s0, s1");
    }

    #[test]
    fn cells_have_their_width() {
        for (text, wanted) in
            [("abc", "abc   "), ("abcdefg", "abcde…"), ("收到收到", "收到… "), ("", "      ")]
        {
            assert_eq!(cell(text, 6), wanted);
        }
    }
}
