//! Markdown for `$GITHUB_STEP_SUMMARY`. Whoever sees the repository sees it: nothing of hidden scenarios.

use crate::gradebook::record::Record;

use super::clean;
use super::course::CourseInfo;
use super::markdown::escaped;
use super::number;
use super::roll::{self, Entry};
use super::told::{Mark, Reader};

/// Bytes of a step's summary; GitHub drops all of a longer one.
const LARGEST: usize = 1 << 20;

/// Bytes that are kept free for the last sentence.
const RESERVED: usize = 200;

/// The whole summary; rows are left out at the end where it would be too long, and counted.
pub(super) fn render(records: &[Record], course: &CourseInfo) -> Vec<u8> {
    let mut out = head(course);
    let mut left_out = 0;
    for record in records {
        let row = row(&Entry::of(record, Reader::Student), course);
        if left_out > 0 || out.len() + row.len() > LARGEST - RESERVED {
            left_out += 1;
        } else {
            out += &row;
        }
    }
    if left_out > 0 {
        out += &format!("\n{left_out} more students are left out: the summary would be too long.\n");
    } else {
        out += "\n— not graded · ✗ did not compile · ○ missing\n";
    }
    out.into_bytes()
}

fn short(text: &str, most: usize) -> String {
    escaped(&clean::cut(&clean::line(text), most))
}

fn head(course: &CourseInfo) -> String {
    let mut out = format!("## {}\n\n| student |", short(&course.title, 200));
    // A course of thousands of exercises would fill the summary with its heads.
    for exercise in course.exercises.iter().take(50) {
        out += &format!(" {} |", short(&exercise.name, 60));
    }
    out += " points | of | |\n|---|";
    out += &"---:|".repeat(course.exercises.len().min(50) + 2);
    out + "---|\n"
}

fn row(entry: &Entry, course: &CourseInfo) -> String {
    let mut out = format!("| {} |", short(roll::name(&entry.record.student), 100));
    for exercise in course.exercises.iter().take(50) {
        let cell = match entry.exercise(&exercise.name) {
            None => "—".to_owned(),
            Some(told) => match (told.mark, told.points) {
                (Mark::DidNotCompile, _) => "✗".to_owned(),
                (Mark::Missing, _) => "○".to_owned(),
                (Mark::NotTaken, _) => "?".to_owned(),
                (_, Some(points)) => points.to_string(),
                (_, None) => "—".to_owned(),
            },
        };
        out += &format!(" {cell} |");
    }
    let points = entry.standing.points().map_or_else(|| "—".to_owned(), number::points);
    let possible = number::points(entry.record.points_possible);
    out + &format!(" {points} | {possible} | {} |\n", short(&entry.note(), 300))
}
