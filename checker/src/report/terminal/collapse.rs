//! Members of a group that behaved alike are told of once: `crowd #0 to #98: connected, ← "Welcome…"`.

use std::collections::BTreeMap;

use super::event::Event;
use super::rows::Row;
use crate::verdict::explain::words;

/// So many have to be alike before they are told of together.
const LEAST: usize = 3;
/// Of what they did, so much is told.
const EVENTS: usize = 6;

/// Members of one group that did the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Crowd {
    /// `crowd #0 to #98`.
    pub who: String,
    /// `connected`, `← "Welcome…"`.
    pub did: Vec<String>,
}

/// Takes the rows of members that behaved alike out of `rows`; the member `apart` is never one of them.
pub(super) fn collapse(rows: &mut Vec<Row>, apart: &str) -> Vec<Crowd> {
    let mut deeds: BTreeMap<(&str, u32), Vec<String>> = BTreeMap::new();
    for row in rows.iter() {
        if let Some(member) = member(&row.part).filter(|_| row.part != apart) {
            deeds.entry(member).or_default().push(row.event.show(30));
        }
    }
    let mut alike: BTreeMap<(&str, Vec<String>), Vec<u32>> = BTreeMap::new();
    for ((group, number), did) in &deeds {
        alike.entry((*group, without_numbers(did))).or_default().push(*number);
    }
    let mut crowds: Vec<(u32, Crowd, Vec<String>)> = alike
        .into_iter()
        .filter(|(_, numbers)| numbers.len() >= LEAST)
        .map(|((group, _), numbers)| {
            let parts = numbers.iter().map(|number| format!("{group}#{number}")).collect();
            let crowd = Crowd {
                who: format!("{group} {}", ranges(&numbers)),
                did: did(&deeds[&(group, numbers[0])]),
            };
            (numbers[0], crowd, parts)
        })
        .collect();
    crowds.sort_by_key(|(first, ..)| *first);
    let gone: Vec<String> = crowds.iter().flat_map(|(_, _, parts)| parts.clone()).collect();
    rows.retain(|row| !gone.contains(&row.part) || matches!(row.event, Event::LeftOut(_)));
    crowds.into_iter().map(|(_, crowd, _)| crowd).collect()
}

/// `crowd#17` taken apart.
pub(super) fn member(part: &str) -> Option<(&str, u32)> {
    let (group, number) = part.split_once('#')?;
    Some((group, number.parse().ok()?))
}

/// Members whose events differ in numbers alone (their own, a port, a length) are alike.
fn without_numbers(did: &[String]) -> Vec<String> {
    did.iter()
        .map(|event| {
            let mut plain: String = event.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            while plain.contains("00") {
                plain = plain.replace("00", "0");
            }
            plain
        })
        .collect()
}

fn did(events: &[String]) -> Vec<String> {
    let mut shown: Vec<String> = events.iter().take(EVENTS).cloned().collect();
    if events.len() > EVENTS {
        shown.push(format!("and {} more", events.len() - EVENTS));
    }
    shown
}

/// `#0 to #48, #50, #52 to #60`; of many ranges the first few.
fn ranges(numbers: &[u32]) -> String {
    const MOST: usize = 4;
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let shown: Vec<String> = ranges
        .iter()
        .take(MOST)
        .map(|&(first, last)| match last - first {
            0 => format!("#{first}"),
            1 => format!("#{first}, #{last}"),
            _ => format!("#{first} to #{last}"),
        })
        .collect();
    let all = words::count(numbers.len() as u64, "member", "members");
    if ranges.len() > MOST { format!("{}, … ({all})", shown.join(", ")) } else { shown.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(part: &str, words: &str) -> Row {
        Row { at_us: 0, part: part.into(), event: Event::words(words) }
    }

    #[test]
    fn members_that_behaved_alike_are_told_of_once() {
        let mut rows: Vec<Row> = (0..10).map(|n| row(&format!("crowd#{n}"), "connected")).collect();
        rows.extend((0..4).map(|n| row(&format!("crowd#{n}"), "← end of stream")));
        rows.push(row("server", "started, pid 2"));
        let crowds = collapse(&mut rows, "crowd#7");
        let told: Vec<String> =
            crowds.iter().map(|crowd| format!("{}: {}", crowd.who, crowd.did.join(", "))).collect();
        assert_eq!(told, ["crowd #0 to #3: connected, ← end of stream", "crowd #4 to #6, #8, #9: connected"]);
        assert_eq!(rows, [row("crowd#7", "connected"), row("server", "started, pid 2")]);
    }

    #[test]
    fn many_ranges_are_counted() {
        assert_eq!(ranges(&[0, 2, 4, 6, 8, 10]), "#0, #2, #4, #6, … (6 members)");
    }
}
