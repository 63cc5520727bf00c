//! What the instructor has to know of a class before it is graded, and no record says.

use super::late::Late;
use super::survey::Case;
use crate::submission::{Joined, TimeFrom};

/// So many of each list are named.
const NAMED: usize = 5;
/// Clocks, and zones of archives that name none, are off by less.
const SLACK: i64 = 24 * 3600;

/// A line for each thing that is the matter: grades that go, strangers to the roster, times that can't be relied on.
/// `now` is in seconds since 1970 (UTC).
pub fn remarks(cases: &[Case], late: &Late, now: i64) -> Vec<String> {
    let mut lines: Vec<String> = cases.iter().filter_map(Case::loss).collect();
    let mut tell = |what: &str, of: &dyn Fn(&Case) -> bool| {
        let keys = cases.iter().filter(|case| of(case)).map(|case| case.found.student.key.as_str());
        lines.extend(named(keys).map(|who| format!("{what}: {who}")));
    };
    let tells = |case: &Case| case.found.time_from != TimeFrom::Roster;
    tell("not on the roster", &|case| case.found.joined == Joined::No);
    tell(
        "without an exercise that is there as the course's own reference alone, which is not taken",
        &|case| case.found.exercises.iter().any(|held| held.reference),
    );
    if let Some(deadline) = late.deadline {
        tell(
            "marked as late by the platform, and in time by what the submission itself tells (a column `submitted` in \
             the roster would count instead)",
            &|case| {
                case.found.late_mark
                    && tells(case)
                    && case.found.submitted_at.is_none_or(|time| time <= deadline)
            },
        );
    }
    tell(
        "handed in in the future, by what the submission itself tells (a column `submitted` in the roster would \
         count instead)",
        &|case| tells(case) && case.found.submitted_at.is_some_and(|time| time > now.saturating_add(SLACK)),
    );
    lines
}

/// `ann, bob and 3 more`; None where there is nobody.
pub fn named<'k>(keys: impl IntoIterator<Item = &'k str>) -> Option<String> {
    let keys: Vec<&str> = keys.into_iter().collect();
    let more = keys.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!keys.is_empty()).then(|| keys[..keys.len().min(NAMED)].join(", ") + &more)
}
