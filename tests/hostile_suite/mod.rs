//! The hostile suite: what a stranger may hand in, and what each must end in.
//!
//! Every row is compiled and run as a stranger's, on rung 3, beside the right program of a neighbour. Whatever
//! comes of it: the verdict is the one of the table; the neighbour passes; no secret of the host is printed; the
//! host's files are as they were, a process of the host's lives on, and none of the submission's is left.
//! Rows 1 to 38 are those of the threat list; those from 39 on were added to it here.

mod compiling;
mod files;
mod host;
mod neighbours;
mod network;
mod processes;
mod resources;
mod row;
mod survivors;
mod verdicts;

use std::collections::BTreeSet;
use std::path::Path;

/// All that run. Those that are compiled alone do not depend on the rung of a run.
const RUN: [&[row::Row]; 6] =
    [files::ROWS, host::ROWS, network::ROWS, processes::ROWS, resources::ROWS, verdicts::ROWS];

/// The number of files is bounded from rung 3 on, where the folder is a file system of its own.
const NAMES: [&str; 1] = ["fills the disk with names"];

#[test]
fn under_bubblewrap_each_ends_the_same() {
    // `.ci/run` installs it; whoever has none can't have this rung.
    if !["/bin/bwrap", "/usr/bin/bwrap"].iter().any(|file| Path::new(file).exists()) {
        eprintln!("not tried: bubblewrap is not installed");
        return;
    }
    row::run_on(2, RUN.into_iter().flatten().filter(|row| !NAMES.contains(&row.name)));
}

#[test]
fn behind_landlock_each_ends_the_same_but_for_what_gets_out() {
    // UDP gets out of rung 1, as `Rung::One` says.
    let held = |row: &&row::Row| !NAMES.contains(&row.name) && row.numbers != [27];
    row::run_on(1, RUN.into_iter().flatten().filter(held));
}

#[test]
fn every_row_of_the_list_has_its_submission() {
    let tables = [
        compiling::ROWS,
        files::ROWS,
        host::ROWS,
        network::ROWS,
        processes::ROWS,
        resources::ROWS,
        verdicts::ROWS,
    ];
    let mut shown: BTreeSet<u32> =
        tables.iter().flat_map(|rows| rows.iter()).flat_map(|row| row.numbers).copied().collect();
    shown.extend(survivors::NUMBERS);
    let missing: Vec<u32> = (1..=38).filter(|number| !shown.contains(number)).collect();
    assert!(missing.is_empty(), "no submission for {missing:?}");
}
