//! Every kind of failure: a broken program that shows it, and all that its student reads.

mod building;
mod endings;
mod limits;
mod meetings;
mod streams;
mod things;

use std::collections::BTreeSet;

use checker::record::finding::Finding;

use crate::support::{Mini, snapshot};

/// A test for each broken program below `tests/programs`, and `CASES`: their findings.
macro_rules! broken {
    ($($program:ident: $finding:ident, $steps:expr $(, limits $limits:literal)?;)*) => {
        $(
            #[test]
            fn $program() {
                let source = include_str!(concat!("../programs/", stringify!($program), ".rs"));
                let course = crate::support::Mini::demo(source, $steps)$(.limits($limits))?;
                crate::failures::fails(&course, stringify!($program), Finding::$finding);
            }
        )*
        pub const CASES: &[Finding] = &[$(Finding::$finding),*];
    };
}
use broken;

/// The student reads what the snapshot `name` holds, and a program reads the finding.
#[track_caller]
fn fails(course: &Mini, name: &str, finding: Finding) {
    let document = course.checker(["run", "1", "--seed", "7", "--format", "json"]).code(1).json();
    let exercise = &document["exercises"][0];
    let found = match exercise["build"]["status"].as_str() {
        Some("failed") => &exercise["build"]["finding"],
        _ => &exercise["scenarios"][0]["failure"]["finding"],
    };
    assert_eq!(found, finding.name(), "{document:#}");
    let waited = exercise["scenarios"][0]["failure"]["waited_ms"].as_u64().is_some_and(|ms| ms >= 1000);
    let compare = if waited { snapshot::compare } else { snapshot::compare_moment };
    let printed = course.checker(["run", "1", "--seed", "7"]).code(1).says("✗").check();
    compare(&format!("failure-{name}"), &printed);
}

#[test]
fn every_finding_has_its_broken_program() {
    let cases =
        [building::CASES, endings::CASES, limits::CASES, meetings::CASES, streams::CASES, things::CASES];
    let shown: BTreeSet<Finding> = cases.concat().into_iter().collect();
    let missing: Vec<Finding> = Finding::ALL.into_iter().filter(|finding| !shown.contains(finding)).collect();
    assert_eq!(missing, []);
}
