//! Against other processes, and by processes that want to outlive their run.

use super::row::{Ends, Row, run};

#[test]
fn attacks_on_processes() {
    run(ROWS);
}

macro_rules! program {
    ($name:literal) => {
        include_str!(concat!("../programs/hostile/suite/", $name, ".rs"))
    };
}

pub const ROWS: &[Row] = &[
    Row::new(&[22], "a daemon by two forks", program!("escapes_to_a_group"), Ends::Fails("left_processes")),
    Row::new(
        &[23],
        "a daemon that keeps stdout open",
        include_str!("../programs/hostile/daemon.rs"),
        Ends::Fails("left_processes"),
    )
    .steps(MARKED),
    Row::new(&[24], "kills everybody", program!("kills"), Ends::Fails("crashed")),
    Row::new(
        &[24],
        "stops the first process",
        include_str!("../programs/hostile/stops_its_parent.rs"),
        Ends::Fails("still_running"),
    )
    .steps(MARKED),
    Row::new(&[25], "meddles with the first process", program!("meddles"), Ends::Denied),
    Row::new(&[26], "namespaces and odd system calls", program!("namespaces"), Ends::Denied),
    Row::new(&[48], "stops itself", program!("stops_itself"), Ends::Fails("still_running")),
    Row::new(&[49], "forks at its exit", program!("forks_at_exit"), Ends::Fails("left_processes")),
    Row::new(
        &[50],
        "ignores signals, with a child",
        include_str!("../programs/hostile/ignores_signals.rs"),
        Ends::Fails("still_running"),
    )
    .steps(MARKED),
    Row::new(&[51], "devices, terminals, limits, priorities", program!("devices"), Ends::Denied),
];

const MARKED: &str = r#"{ start = "demo", args = ["MARK"] }, { expect_exit = "demo", code = 0 },"#;
