//! Against the network, and the checker at the other end of it.

use super::row::{Ends, Row, run};

#[test]
fn attacks_on_the_network() {
    run(ROWS);
}

macro_rules! program {
    ($name:literal) => {
        include_str!(concat!("../programs/hostile/suite/", $name, ".rs"))
    };
}

pub const ROWS: &[Row] = &[
    Row::new(&[27], "the host and the world", program!("outside"), Ends::Denied).patient(),
    Row::new(&[28], "sockets of every kind", program!("sockets"), Ends::Denied),
    Row::new(&[32], "a canned reply", program!("canned_reply"), Ends::Fails("wrong_bytes")).steps(
        r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { send = "ann", line = "${fresh}" }, { expect = "ann", line = "${fresh}" },
"#,
    ),
    Row::new(&[33], "one client too many", program!("one_too_many"), Ends::Fails("unwanted_connection"))
        .steps(
            r#"
  { listen = "door" }, { start = "demo", args = ["${addr}", "MARK"] },
  { accept = "ann" }, { expect = "ann", line = "hello" }, { expect = "door", nothing_ms = 500 },
"#,
        ),
    Row::new(&[34], "floods the checker", program!("floods_the_checker"), Ends::Fails("wrong_bytes")).steps(
        r#"
  { listen = "door" }, { start = "demo", args = ["${addr}", "MARK"] },
  { accept = "ann" }, { expect = "ann", line = "hello" },
"#,
    ),
];
