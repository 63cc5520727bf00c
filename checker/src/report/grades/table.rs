//! The class as a table for a terminal: a line for each student, then sums.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthChar;

use crate::gradebook::record::Record;
use crate::report::terminal::{Look, Paint, cut, pad, wrap};
use crate::verdict::explain::literal::harmless;
use crate::verdict::explain::words::count;

use super::course::CourseInfo;
use super::number;
use super::roll::{self, Entry};
use super::standing::Standing;
use super::told::{Mark, Reader, Told};

/// Columns of an exercise, of the points, and of what is behind them.
const CELL: usize = 5;
const POINTS: usize = 9;
const OF: usize = 7;
const LATE: usize = 6;
/// The least columns for a name.
const NAME: usize = 16;

/// The table, with a line end behind its last line.
pub(super) fn render(records: &[Record], course: &CourseInfo, look: Look) -> Vec<u8> {
    let width = look.width.clamp(60, 120);
    let entries: Vec<Entry> = records.iter().map(|record| Entry::of(record, Reader::Instructor)).collect();
    let columns = Columns::of(course, width);
    let mut out = columns.head(course, look);
    for entry in &entries {
        out += &columns.row(entry, course, look);
    }
    out += &legend(&entries, &columns, look);
    out += &remarks(&entries, width);
    out += &sums(&entries, width);
    out.into_bytes()
}

/// How the width is shared out.
struct Columns {
    name: usize,
    /// 0 where the exercises don't fit side by side: how many passed is told instead.
    exercises: usize,
}

impl Columns {
    fn of(course: &CourseInfo, width: usize) -> Self {
        let room = width - POINTS - OF - LATE;
        let exercises = course.exercises.len();
        if exercises * CELL + NAME <= room {
            Columns { name: room - exercises * CELL, exercises }
        } else {
            Columns { name: room - 2 * CELL, exercises: 0 }
        }
    }

    fn head(&self, course: &CourseInfo, look: Look) -> String {
        let mut line = pad("student", self.name);
        if self.exercises == 0 {
            line += &format!("{:>1$}", "passed", 2 * CELL);
        }
        for exercise in course.exercises.iter().take(self.exercises) {
            // As one types it: `04` of `04_multi_client`.
            let name = shown(&exercise.name);
            line += &right(&cut(name.split('_').next().unwrap_or(&name), CELL - 1), CELL);
        }
        line += &format!("{:>POINTS$}{:>OF$}{:>LATE$}", "points", "of", "late");
        look.paint(Paint::Heading, &line) + "\n"
    }

    fn row(&self, entry: &Entry, course: &CourseInfo, look: Look) -> String {
        let mut line = pad(&cut(&shown(roll::name(&entry.record.student)), self.name - 1), self.name);
        if self.exercises == 0 {
            let passed = entry.exercises.iter().filter(|told| told.mark == Mark::Passed).count();
            line += &right(&format!("{passed}/{}", course.exercises.len()), 2 * CELL);
        }
        for exercise in course.exercises.iter().take(self.exercises) {
            line += &cell(entry.exercise(&exercise.name), look);
        }
        let points = match entry.standing {
            Standing::Graded(points) => right(&number::points(points), POINTS),
            Standing::NotGraded(_) => look.paint(Paint::Note, &right("–", POINTS)),
        };
        let late = match entry.record.days_late {
            0 => String::new(),
            days => format!(" {}", right(&format!("{days} d"), LATE - 1)),
        };
        let possible = right(&number::points(entry.record.points_possible), OF);
        format!("{line}{points}{possible}{late}").trim_end().to_owned() + "\n"
    }
}

fn right(text: &str, columns: usize) -> String {
    let wide: usize = text.chars().filter_map(UnicodeWidthChar::width).sum();
    format!("{:1$}{text}", "", columns.saturating_sub(wide))
}

fn sign(told: Option<&Told>) -> (String, Paint) {
    let Some(told) = told else { return ("–".into(), Paint::Dim) };
    match (told.mark, told.points) {
        (Mark::DidNotCompile, _) => ("✗".into(), Paint::Bad),
        (Mark::Missing, _) => ("·".into(), Paint::Dim),
        (Mark::NotTaken, _) => ("?".into(), Paint::Note),
        (Mark::Passed, Some(points)) => (points.to_string(), Paint::Good),
        (_, Some(points)) => (points.to_string(), Paint::Bad),
        (_, None) => ("–".into(), Paint::Note),
    }
}

fn cell(told: Option<&Told>, look: Look) -> String {
    let (text, paint) = sign(told);
    look.paint(paint, &right(&text, CELL))
}

/// What the signs mean, as far as they occur.
fn legend(entries: &[Entry], columns: &Columns, look: Look) -> String {
    let occurs = |mark: Mark| entries.iter().flat_map(|entry| &entry.exercises).any(|told| told.mark == mark);
    let mut words = Vec::new();
    if columns.exercises > 0 && occurs(Mark::DidNotCompile) {
        words.push("✗ did not compile");
    }
    if columns.exercises > 0 && occurs(Mark::Missing) {
        words.push("· missing");
    }
    if columns.exercises > 0 && occurs(Mark::NotTaken) {
        words.push("? can't be taken");
    }
    if occurs(Mark::NotGraded) || entries.iter().any(|entry| entry.standing.points().is_none()) {
        words.push("– not graded");
    }
    if words.is_empty() {
        String::new()
    } else {
        format!("\n{}\n", look.paint(Paint::Dim, &words.join("   ")))
    }
}

/// Who has no grade, or one with a reservation, and why.
fn remarks(entries: &[Entry], width: usize) -> String {
    let mut out = String::new();
    for entry in entries.iter().filter(|entry| !entry.note().is_empty()) {
        let text = format!("{}: {}", shown(roll::name(&entry.record.student)), shown(&entry.note()));
        out += if out.is_empty() { "\n" } else { "" };
        out += &(wrap(&text, width - 2).join("\n  ") + "\n");
    }
    out
}

fn sums(entries: &[Entry], width: usize) -> String {
    let mut marks: BTreeMap<Mark, usize> = BTreeMap::new();
    for told in entries.iter().flat_map(|entry| &entry.exercises) {
        *marks.entry(told.mark).or_default() += 1;
    }
    let mut points: Vec<f64> = entries.iter().filter_map(|entry| entry.standing.points()).collect();
    points.sort_by(f64::total_cmp);
    let mut out = format!("\n{}", count(entries.len() as u64, "student", "students"));
    let open = entries.len() - points.len();
    if open > 0 {
        out += &format!(", {open} without a grade");
    }
    if !points.is_empty() {
        let mean = points.iter().sum::<f64>() / points.len() as f64;
        let middle = (points[(points.len() - 1) / 2] + points[points.len() / 2]) / 2.0;
        out += &format!("; mean {mean:.1}, median {middle:.1} points");
    }
    out += "\n";
    let marks: Vec<String> = marks.iter().map(|(mark, count)| format!("{count} {}", mark.words())).collect();
    if !marks.is_empty() {
        let text = format!("exercises: {}", marks.join(", "));
        out += &(wrap(&text, width - 2).join("\n  ") + "\n");
    }
    out
}

/// `text` for a terminal. Besides what the rest of the checker shows, names keep their accents and vowel
/// signs, up to three on a letter; joiners go, since terminals disagree on what they take.
fn shown(text: &str) -> String {
    let (mut out, mut marks) = (String::new(), 0);
    for c in text.chars() {
        let is_mark = is_mark(c);
        marks = if is_mark { marks + 1 } else { 0 };
        if is_mark && marks <= 3 && !out.is_empty() {
            out.push(c);
        } else if !is_mark && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}') {
            out += &harmless(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    out
}

/// Whether `c` stands on or below the letter before it.
fn is_mark(c: char) -> bool {
    let combining = matches!(c, '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}');
    // Vowel signs of Hebrew, Arabic, and of the scripts of India and South East Asia.
    let vowel = matches!(c, '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{900}'..='\u{109f}');
    (combining || vowel) && c.width() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_accents_and_lose_their_teeth() {
        let table = [
            ("Ann Example", "Ann Example"),
            ("e\u{301}", "e\u{301}"),
            ("हिन्दी", "हिन्दी"),
            ("علی\u{200c}رضا", "علیرضا"),
            ("a\u{1b}[31m\u{202e}", "a\\u{1b}[31m\\u{202e}"),
            ("z\u{300}\u{300}\u{300}\u{300}\u{300}", "z\u{300}\u{300}\u{300}"),
            ("\u{301}a", "a"),
        ];
        for (text, wanted) in table {
            assert_eq!(shown(text), wanted);
        }
    }
}
