//! A Markdown file for a student: points, and each failure as the terminal shows it.

use crate::gradebook::record::Record;

use super::clean;
use super::course::CourseInfo;
use super::markdown::{escaped, fence};
use super::number;
use super::roll::{self, Entry, points_of};
use super::standing::Standing;
use super::told::{Case, Mark, Reader, Told};
use crate::verdict::explain::words::count;

/// Bytes of the file.
const LARGEST: usize = 256 << 10;

/// Said where something was left out.
const LEFT_OUT: &str = "The rest is left out: it is too long.\n";

/// Bytes that are kept free: for that sentence, and for the end of a fence.
const RESERVED: usize = 256;

/// The file of one student.
pub(super) fn render(record: &Record, course: &CourseInfo) -> Vec<u8> {
    let entry = Entry::of(record, Reader::Student);
    let mut page = Page { text: String::new(), full: false };
    page.block(&head(&entry, course));
    for told in &entry.exercises {
        page.block(&exercise_head(told));
        // Of what passed, and of what is not there, all is said.
        let to_say = |case: &&Case| case.flaky || !matches!(case.mark, Mark::Passed | Mark::Missing);
        for case in told.cases.iter().filter(to_say) {
            page.block(&case_head(case));
            if let Some(report) = case.report.as_deref().or(case.summary.as_deref()) {
                page.fenced(report);
            }
        }
    }
    page.text.into_bytes()
}

/// A page that grows until it is full.
struct Page {
    text: String,
    full: bool,
}

impl Page {
    fn room(&self) -> usize {
        (LARGEST - RESERVED).saturating_sub(self.text.len())
    }

    fn close(&mut self) {
        self.full = true;
        self.text += LEFT_OUT;
    }

    /// Adds `text` whole, up to the line where the room ends.
    fn block(&mut self, text: &str) {
        if self.full {
            return;
        }
        let (kept, whole) = at_a_line(text, self.room());
        self.text += kept;
        if !whole {
            self.close();
        }
    }

    fn fenced(&mut self, text: &str) {
        if self.full {
            return;
        }
        let fence = fence(text);
        let text = format!("{text}\n");
        let (kept, whole) = at_a_line(&text, self.room().saturating_sub(2 * fence.len() + 16));
        if !kept.is_empty() {
            self.text += &format!("{fence}text\n{kept}{fence}\n\n");
        }
        if !whole {
            self.close();
        }
    }
}

/// The lines of `text` that have room in `bytes`, and whether that is all.
fn at_a_line(text: &str, bytes: usize) -> (&str, bool) {
    if text.len() <= bytes {
        return (text, true);
    }
    let end = text.as_bytes()[..bytes].iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    (&text[..end], false)
}

/// Names can be of any length.
fn short(text: &str) -> String {
    escaped(&clean::cut(clean::line(text).trim(), 200))
}

fn head(entry: &Entry, course: &CourseInfo) -> String {
    let record = entry.record;
    let mut out = format!("# {}\n\n{}\n\n", short(&course.title), short(roll::name(&record.student)));
    match &entry.standing {
        Standing::NotGraded(why) => {
            out += &format!("**Not graded yet**: {}\n\n", escaped(&clean::cut(&why.text(), 4_000)));
        }
        Standing::Graded(points) => {
            let (points, possible) = (number::points(*points), number::points(record.points_possible));
            out += &format!("**{points} of {possible} points**");
            if record.penalty > 0.0 {
                let (before, off) = (number::points(record.points), number::points(record.penalty));
                let days = count(record.days_late.into(), "day", "days");
                out += &format!(": {before}, less {off} for {days} late");
            }
            out += "\n\n";
            let note = entry.note();
            if !note.is_empty() {
                out += &format!("{}\n\n", escaped(&clean::cut(&note, 4_000)));
            }
        }
    }
    if entry.exercises.is_empty() {
        return out;
    }
    out += "| exercise | points | of | |\n|---|---:|---:|---|\n";
    for told in &entry.exercises {
        let points = told.points.map_or_else(String::new, |points| points.to_string());
        out += &format!("| {} | {points} | {} | {} |\n", short(&told.name), told.possible, told.mark.words());
    }
    out + "\n"
}

fn exercise_head(told: &Told) -> String {
    format!("## {}: {}\n\n{}\n\n", short(&told.name), short(&told.title), exercise_words(told))
}

fn exercise_words(told: &Told) -> String {
    let passed = told.cases.iter().filter(|case| case.mark == Mark::Passed).count();
    let points = points_of(told.points, told.possible);
    match told.mark {
        Mark::NotGraded => "Not graded, which is no fault of yours: it is tried again.".to_owned(),
        Mark::Missing => format!("Not handed in: {points}."),
        Mark::NotTaken => "It could not be taken, and has no points yet.".to_owned(),
        Mark::DidNotCompile => format!("It does not compile: {points}."),
        _ => format!("{passed} of {} scenarios passed: {points}.", told.cases.len()),
    }
}

fn case_head(case: &Case) -> String {
    let points = match case.mark {
        Mark::NotGraded | Mark::NotTaken => String::new(),
        _ => format!(", {}", points_of(case.points, case.possible)),
    };
    let aside = match case {
        Case { hidden: true, .. } => "\n\nIts content is not told.",
        Case { flaky: true, mark: Mark::Passed, .. } => "\n\nIt passed only when it was tried again, alone.",
        _ => "",
    };
    format!("### {}: {}{points}{aside}\n\n", short(&case.name), case.mark.words())
}
