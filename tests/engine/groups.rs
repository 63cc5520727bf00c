//! `each`, `for`, `repeat`, `lines`, `matches`: many parts, many rounds, and lines in any order.

use super::{passes, passes_with};

const ECHO: &str = include_str!("../programs/right/echoes.rs");

#[test]
fn a_hundred_are_served_in_every_order() {
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann", each = 100 },
  { send = "ann", line = "to all" }, { expect = "ann", line = "to all" },
  { for = "ann", order = "reverse", steps = [
    { send = "ann", line = "${n} ${ann.addr}" }, { expect = "ann", line = "${n} ${ann.addr}" },
  ] },
  { for = "ann", order = "shuffled", steps = [
    { send = "ann", line = "${n}" }, { expect = "ann", line = "${n}" }, { expect = "ann", nothing_ms = 0 },
  ] },
  { for = "ann", steps = [ { close = "ann" }, { expect = "demo.stdout", line = "${ann.addr} ended" } ] },
"#;
    passes(ECHO, steps);
}

#[test]
fn the_orders_are_what_they_say() {
    let join = include_str!("../programs/right/joins_lines.rs");
    let steps = r#"
  { start = "demo", args = ["${addr}"] },
  { bind = "p", each = 3 },
  { for = "p", order = "reverse", steps = [ { send = "demo.stdin", line = "${n}" } ] },
  { for = "p", order = "forward", steps = [ { send = "demo.stdin", line = "${n}" } ] },
  { repeat = 2, steps = [ { send = "demo.stdin", line = "r${n}" } ] },
  { close = "demo.stdin" },
  { expect = "demo.stdout", line = "2 1 0 0 1 2 r0 r1" },
"#;
    passes(join, steps);
}

#[test]
fn lines_come_in_any_order_and_tell_their_number() {
    let steps = r#"
  { start = "demo" },
  { expect = "demo.stdout", matches = 'line (?<pid>\d+) of 5' },
  { expect = "demo.stdout", line = "line ${demo.stdout.line} of 5" },
  { expect = "demo.stdout", lines = ["line 5 of 5", "line 3 of 5", "line 4 of 5"] },
  { expect = "demo.stdout", line = "the first was ${demo.pid}" },
  { expect = "demo.stdout", nothing_ms = 0 }, { expect = "demo.stderr", text = "no line end" },
"#;
    passes(include_str!("../programs/right/counts.rs"), steps);
}

#[test]
fn a_group_of_peers_gets_its_own_answers() {
    let udp = include_str!("../programs/right/echoes_datagrams.rs");
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "bound" },
  { bind = "peer", each = 20 },
  { for = "peer", steps = [ { send = "peer", text = "${n}" } ] },
  { for = "peer", order = "reverse", steps = [ { expect = "peer", datagram = "${n}" } ] },
"#;
    passes_with(&[("demo", udp)], "", steps);
}
