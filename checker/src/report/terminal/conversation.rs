//! The conversation of a failed scenario: crowds first, then what the others did, and what was not met.

use super::collapse::{self, Crowd};
use super::look::Look;
use super::names::Names;
use super::rows::Row;
use super::text::wrap;
use super::{rows, table};
use crate::record::observation::Observation;
use crate::verdict::outcome::Failure;

/// A blank at which no line is broken; a program's own ones are shown by their number.
const HELD: &str = "\u{a0}";

/// The lines of the conversation, the row of what was not met last.
pub(super) fn lines(failure: &Failure, observation: &Observation, look: Look) -> Vec<String> {
    let names = Names::of(observation);
    let unmet = rows::unmet(failure, observation);
    let mut told = rows::joined(rows::told(observation, &names));
    let crowds = collapse::collapse(&mut told, &unmet.part);
    // With the crowds gone, more stands side by side.
    let mut told = rows::joined(told);
    // What was on its way at the stop came after it: the last row is the latest all the same.
    let latest = told.last().map_or(0, |row| row.at_us);
    told.push(Row { at_us: unmet.at_us.max(latest), ..unmet });
    let told = rows::bounded(told);
    let parts = rows::parts(&told, &names);

    let mut lines: Vec<String> = crowds.iter().flat_map(|crowd| crowd_lines(crowd, look)).collect();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(table::lines(&told, &parts, look));
    lines
}

fn crowd_lines(crowd: &Crowd, look: Look) -> Vec<String> {
    // What one did stays on one line: the blanks inside are held together while the text is wrapped.
    let did: Vec<String> = crowd.did.iter().map(|did| did.replace(' ', HELD)).collect();
    let text = format!("{}: {}", crowd.who, did.join(", "));
    let lines = wrap(&text, look.columns() - 4);
    let indented = |(i, line): (usize, &String)| format!("{:1$}{line}", "", if i == 0 { 2 } else { 4 });
    lines.iter().enumerate().map(indented).map(|line| line.replace(HELD, " ")).collect()
}
