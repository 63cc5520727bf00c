//! From the transcript to rows: what belongs together becomes one, and what was not met stands last.

use std::collections::BTreeSet;

use super::event::{Event, Kind};
use super::fault;
use super::names::Names;
use crate::record::observation::Observation;
use crate::record::transcript::Preview;
use crate::verdict::outcome::Failure;

/// One row of the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub at_us: u64,
    /// Empty for what belongs to no part.
    pub part: String,
    pub event: Event,
}

/// Rows that are shown at most; with more, the middle is left out.
const MOST: usize = 24;
/// How many of them are from the beginning.
const FIRST: usize = 8;
/// So many turns of what is left out are shown beside them.
const TURNS: usize = 3;

/// All rows but the one of what was not met.
pub(super) fn told(observation: &Observation, names: &Names) -> Vec<Row> {
    let entries = observation.transcript.entries.iter();
    entries
        .map(|entry| Row {
            at_us: entry.at_us,
            part: entry.part.clone(),
            event: names.event(&entry.part, &entry.what),
        })
        .collect()
}

/// Joins what follows one another on one stream: where it was cut means nothing, but for our own cuts.
pub(super) fn joined(rows: Vec<Row>) -> Vec<Row> {
    let mut joined: Vec<Row> = Vec::new();
    for row in rows {
        let last = joined.last_mut().filter(|last| last.part == row.part);
        if !last.is_some_and(|last| extend(&mut last.event, &row.event)) {
            joined.push(row);
        }
    }
    joined
}

/// Joins `next` to `event`, if both are of one stream.
fn extend(event: &mut Event, next: &Event) -> bool {
    let (
        Event::Said { lead, data, kind: Kind::Stream { pieces } },
        Event::Said { lead: also, data: more, kind: Kind::Stream { pieces: further } },
    ) = (event, next)
    else {
        return false;
    };
    if lead != also {
        return false;
    }
    if data.head.len() as u64 == data.len {
        data.head.extend_from_slice(&more.head);
        data.head.truncate(Preview::MOST);
    }
    data.len = data.len.saturating_add(more.len);
    *pieces += if matches!(*lead, "→ " | "stdin ") { *further } else { 0 };
    true
}

/// The row of what was not met.
pub(super) fn unmet(failure: &Failure, observation: &Observation) -> Row {
    let part = fault::part(&failure.detail).map(|part| part.split('.').next().unwrap_or(part).to_owned());
    let program = || observation.programs.first().map(|program| program.part.clone());
    let part = part.or_else(program).unwrap_or_default();
    Row { at_us: observation.took_us, part, event: Event::Unmet(fault::words(failure)) }
}

/// `rows` without their middle, if they are many; of that, the last turns are kept.
pub(super) fn bounded(mut rows: Vec<Row>) -> Vec<Row> {
    if rows.len() <= MOST {
        return rows;
    }
    let last = rows.split_off(rows.len() - (MOST - FIRST - 1));
    let middle = rows.split_off(FIRST);
    let is_turn = |row: &Row| matches!(row.event, Event::Turn(_));
    let mut others = middle.iter().filter(|row| is_turn(row)).count().saturating_sub(TURNS);
    for row in middle {
        let left_out = match row.event {
            Event::Turn(_) if others == 0 => {
                rows.push(row);
                continue;
            }
            Event::Turn(_) => {
                others -= 1;
                1
            }
            Event::LeftOut(n) => n,
            _ => 1,
        };
        match rows.last_mut() {
            Some(Row { event: Event::LeftOut(n), .. }) => *n = n.saturating_add(left_out),
            _ => {
                let event = Event::LeftOut(left_out);
                rows.push(Row { at_us: row.at_us, part: String::new(), event });
            }
        }
    }
    rows.extend(last);
    rows
}

/// The parts of `rows` in order of appearance: the checker's own on the left, the programs on the right.
pub(super) fn parts(rows: &[Row], names: &Names) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let parts =
        rows.iter().map(|row| &row.part).filter(|part| !part.is_empty() && seen.insert(part.as_str()));
    let (programs, mut parts): (Vec<String>, Vec<String>) =
        parts.cloned().partition(|part| names.is_program(part));
    parts.extend(programs);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `bounded` leaves them: a letter for each, or how many are left out.
    fn bounded_of(rows: &str) -> String {
        let row = |(at_us, c): (usize, char)| Row {
            at_us: at_us as u64,
            part: "p".into(),
            event: if c == '!' { Event::Turn(vec!["!".into()]) } else { Event::words(c) },
        };
        let bounded = bounded(rows.chars().enumerate().map(row).collect());
        bounded.iter().map(|row| row.event.show(20).replace(" more event", "").replace("s …", " …")).collect()
    }

    #[test]
    fn the_middle_is_left_out_but_for_its_last_turns() {
        let (first, last) = ("a".repeat(FIRST), "z".repeat(MOST - FIRST - 1));
        let all = |middle: &str| bounded_of(&format!("{first}{middle}{last}"));
        assert_eq!(all("m"), format!("{first}m{last}"), "just as many as there is room for");
        assert_eq!(all("mmmm"), format!("{first}… 4 …{last}"));
        assert_eq!(all("mm!mmm!!"), format!("{first}… 2 …!… 3 …!!{last}"));
        assert_eq!(all("!m!m!m!m!"), format!("{first}… 4 …!… 1 …!… 1 …!{last}"));
    }
}
