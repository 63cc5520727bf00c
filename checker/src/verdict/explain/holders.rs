//! The processes of a program, and which of them holds which connection.

use super::case::{Case, Told};
use super::literal::harmless_within;
use super::words;
use crate::record::fact::Holding;

/// Who holds which connection is not as wanted.
pub(super) fn tell(
    case: &Case,
    part: &str,
    main: u32,
    holdings: &[Holding],
    children: &[u32],
    problem: &str,
) -> Told {
    let names: Vec<String> = holdings.iter().map(|holding| holding.connection.clone()).collect();
    let mut told = Told::new(
        format!("each connection ({}) is held by one process of its own", words::listed(&names)),
        harmless_within(problem.as_bytes(), 200),
    );
    told.expected.push(format!("of {}: its first process, and that one's children", case.program(part)));
    told.got.extend(holdings.iter().map(|holding| held(holding, main)));
    let pids = first(children.iter().map(u32::to_string).collect());
    told.got.push(match pids.is_empty() {
        true => format!("the first process, {main}, has no children"),
        false => format!("the first process, {main}, has the children {}", words::listed(&pids)),
    });
    told
}

/// The first few of them, and how many more there are.
fn first(mut all: Vec<String>) -> Vec<String> {
    const MOST: usize = 8;
    let more = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    all.extend((more > 0).then(|| format!("{more} more")));
    all
}

fn held(holding: &Holding, main: u32) -> String {
    let holders: Vec<String> = holding
        .holders
        .iter()
        .map(|holder| {
            let role =
                if holder.pid == main { "the first".into() } else { format!("child of {}", holder.parent) };
            format!("{} ({role}{})", holder.pid, if holder.alive { "" } else { ", ended" })
        })
        .collect();
    let by = if holders.is_empty() { "nobody".into() } else { words::listed(&first(holders)) };
    let told = holding.told.map_or_else(String::new, |pid| format!(", told as {pid}"));
    format!("{}: held by {by}{told}", holding.connection)
}
