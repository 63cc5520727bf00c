//! `listen`, `accept`, `connect`, `relay`: who meets whom, and where.

use super::{passes, passes_with};

const ECHO: &str = include_str!("../programs/right/echoes.rs");
const CALLER: &str = include_str!("../programs/right/calls.rs");

#[test]
fn a_server_and_a_client_meet_the_checker_over_ipv4_and_ipv6() {
    let server = r#"
  { start = "demo", args = ["${addr}"], on = "listening", at = "${addr}" },
  { connect = "ann", to = "${addr}" }, { send = "ann", line = "${addr}" }, { expect = "ann", line = "${addr}" },
"#;
    let client = r#"
  { listen = "door", at = "${addr}" }, { start = "demo", args = ["${addr}", "hi"] },
  { accept = "conn", on = "door" }, { expect = "conn", line = "hi" }, { send = "conn", line = "ho" },
  { expect = "demo.stdout", line = "ho" }, { expect_exit = "demo", code = 0 },
  { expect = "conn", eof = true }, { expect = "door", nothing_ms = 0 },
"#;
    for addr in ["127.0.0.1:21003", "[::1]:21003"] {
        let head = format!("addr = \"{addr}\"");
        passes_with(&[("demo", ECHO)], &head, server);
        passes_with(&[("demo", CALLER)], &head, client);
    }
}

#[test]
fn the_first_line_tells_who_came() {
    let steps = r#"
  { listen = "door" },
  { start = "one", program = "demo", args = ["${addr}", "one 11"] },
  { start = "two", program = "demo", args = ["${addr}", "two 22"] },
  { accept = "b", first = 'two (?<pid>\d+)' }, { accept = "a", first = 'one (?<pid>\d+)' },
  { send = "a", line = "${b.pid}" }, { expect = "one.stdout", line = "22" },
  { send = "b", line = "${a.pid}" }, { expect = "two.stdout", line = "11" },
"#;
    passes(CALLER, steps);
}

#[test]
fn who_may_refuse_need_not_be_met() {
    let ends = include_str!("../programs/right/exits.rs");
    let steps = r#"
  { start = "demo", args = ["1", "port ${addr.port}"], on = "listening", or_ended = true },
  { connect = "ann", or_refused = true }, { expect = "ann", eof = true, or_reset = true },
  { expect_exit = "demo", code = 1, reason = "port 21006" },
"#;
    passes_with(&[("demo", ends)], "addr = \"127.0.0.1:21006\"", steps);
    let still_met = r#"
  { start = "demo", args = ["${addr}"], on = "listening", or_ended = true },
  { connect = "ann", or_refused = true }, { send = "ann", line = "x" }, { expect = "ann", line = "x" },
"#;
    passes(ECHO, still_met);
}

#[test]
fn the_address_is_free_again_after_a_stop() {
    let steps = r#"
  { start = "first", program = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { send = "ann", line = "a" }, { expect = "ann", line = "a" },
  { stop = "first" }, { expect_exit = "first", signal = 9 },
  { expect = "ann", eof = true, or_reset = true },
  { start = "second", program = "demo", args = ["${addr}"], on = "listening" },
  { connect = "bob" }, { send = "bob", line = "b" }, { expect = "bob", line = "b" },
"#;
    passes(ECHO, steps);
}

#[test]
fn a_relay_hands_everything_on_and_keeps_a_copy() {
    let steps = r#"
  { start = "echo", args = ["${addr}"], on = "listening" },
  { relay = "tap", at = "${front}", to = "${addr}" },
  { start = "call", args = ["${front}", "${w}"] },
  { expect = "tap.up", line = "${w}" }, { expect = "tap.down", line = "${w}" },
  { expect = "call.stdout", line = "${w}" }, { expect_exit = "call", code = 0 },
  { expect = "tap.up", eof = true }, { expect = "tap.down", text = "that was 9 + 1 bytes" },
  { expect = "tap.down", eof = true },
"#;
    let head = "addrs = { front = \"127.0.0.1:21004\" }\nvars = { w = { word = 9 } }";
    passes_with(&[("echo", ECHO), ("call", CALLER)], head, steps);
}

#[test]
fn a_relay_can_hand_on_byte_by_byte() {
    let sizes = include_str!("../programs/right/prints_sizes.rs");
    let steps = r#"
  { start = "sizes", args = ["${addr}"], on = "listening" },
  { relay = "tap", at = "${front}", to = "${addr}", cut = "bytes" },
  { start = "call", args = ["${front}", "12345678"] },
  { repeat = 9, steps = [ { expect = "sizes.stdout", line = "1" } ] },
  { stop = "call" }, { expect = "sizes.stdout", line = "0" },
"#;
    let head = "addrs = { front = \"127.0.0.1:21005\" }";
    passes_with(&[("sizes", sizes), ("call", CALLER)], head, steps);
}
