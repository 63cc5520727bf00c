//! Against the files of the host.

use super::row::{Ends, Row, run};

#[test]
fn attacks_on_the_host() {
    run(ROWS);
}

macro_rules! program {
    ($name:literal) => {
        include_str!(concat!("../programs/hostile/suite/", $name, ".rs"))
    };
}

pub const ROWS: &[Row] = &[
    Row::new(&[29], "paths of the host", program!("paths"), Ends::Denied).patient(),
    Row::new(&[52], "leaves something for the next run", program!("leaves_for_the_next"), Ends::Denied),
];

#[test]
fn nothing_is_left_for_the_next_run() {
    // Again: what the first run left would be found by the second.
    run(&ROWS[1..]);
}
