//! `send`, `expect`, `close`, `hold`, `pause`: what streams and datagrams bring, and when.

use super::{passes, passes_with};

const SIZES: &str = include_str!("../programs/right/prints_sizes.rs");
const ECHO: &str = include_str!("../programs/right/echoes.rs");
const UDP: &str = include_str!("../programs/right/echoes_datagrams.rs");

#[test]
fn each_cut_piece_arrives_alone() {
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" },
  { send = "ann", text = "one two three", cut = [3, 4, 12] },
  { expect = "demo.stdout", lines = ["3"] }, { expect = "demo.stdout", line = "1" },
  { expect = "demo.stdout", line = "8" }, { expect = "demo.stdout", line = "1" },
  { send = "ann", bytes = "ff 00 0d 0a", cut = "bytes" },
  { repeat = 4, steps = [ { expect = "demo.stdout", line = "1" } ] },
  { send = "ann", text = "all of it" }, { expect = "demo.stdout", line = "9" },
  { close = "ann", how = "write" }, { expect = "demo.stdout", line = "0" },
  { expect_exit = "demo", code = 0 },
"#;
    passes(SIZES, steps);
}

#[test]
fn silence_will_do_where_a_step_says_so() {
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { expect = "demo.stdout", line = "7", or_nothing_ms = 100 },
  { send = "ann", text = "one" }, { expect = "demo.stdout", line = "3", or_nothing_ms = 5000 },
  { close = "ann", how = "write" }, { expect_exit = "demo", code = 0 },
  { expect = "demo.stdout", line = "0", or_nothing_ms = 0 },
  { expect = "demo.stdout", matches = '\d+', or_nothing_ms = 0 }, { expect = "demo.stdout", eof = true },
"#;
    passes(SIZES, steps);
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "bound" },
  { bind = "peer" }, { expect = "peer", datagram = "one", or_nothing_ms = 50 },
  { send = "peer", text = "two" }, { expect = "peer", datagram = "two", or_nothing_ms = 5000 },
  { expect = "peer", nothing_ms = 0 },
"#;
    passes(UDP, steps);
}

#[test]
fn stdin_is_cut_too() {
    let steps = r#"
  { start = "demo" },
  { send = "demo.stdin", line = "你好", cut = [1, 4] },
  { expect = "demo.stdout", line = "1" }, { expect = "demo.stdout", line = "3" },
  { expect = "demo.stdout", line = "3" },
  { send = "demo.stdin", line = "typed", until = "read" }, { expect = "demo.stdout", line = "6" },
  { close = "demo.stdin" }, { expect = "demo.stdout", line = "0" },
  { expect_exit = "demo", code = 0 }, { expect = "demo.stdout", eof = true },
"#;
    passes(SIZES, steps);
}

#[test]
fn half_a_connection_can_be_closed_or_all_of_it_reset() {
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { send = "ann", line = "${w}" }, { expect = "ann", line = "${w}" },
  { close = "ann", how = "write" },
  { expect = "ann", text = "that was ${w.len} + 1 bytes" }, { expect = "ann", eof = true },
  { expect = "demo.stdout", line = "${ann.addr} ended" },
  { connect = "bob" }, { send = "bob", line = "x" }, { expect = "bob", line = "x" },
  { close = "bob", how = "reset" },
  { expect = "demo.stdout", line = "${bob.addr} reset" },
  { connect = "cat" }, { close = "cat" },
  { expect = "demo.stdout", line = "${cat.addr} ended" },
"#;
    passes_with(&[("demo", ECHO)], "vars = { w = { word = 8 } }", steps);
}

#[test]
fn a_program_may_reset_where_that_is_asked_for() {
    let resets = include_str!("../programs/resets.rs");
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { send = "ann", line = "left unread" }, { expect = "ann", reset = true },
  { connect = "bob" }, { send = "bob", line = "left unread" }, { expect = "bob", eof = true, or_reset = true },
"#;
    passes(resets, steps);
}

#[test]
fn who_is_held_blocks_nobody_but_its_writer() {
    let sender = include_str!("../programs/right/sends_a_file.rs");
    let steps = r#"
  { file = "big.bin", blob = "big" },
  { listen = "door" }, { start = "demo", args = ["${addr}", "big.bin"] },
  { accept = "conn", on = "door" }, { hold = "conn" },
  { expect = "demo.stdout", line = "sending" },
  { expect = "demo.stdout", nothing_ms = 300 },
  { release = "conn" },
  { expect = "conn", blob = "big" }, { expect = "conn", eof = true },
  { expect = "demo.stdout", line = "sent" }, { expect_exit = "demo", code = 0 },
"#;
    passes_with(&[("demo", sender)], "vars = { big = { blob = \"16 MiB\" } }", steps);
}

#[test]
fn who_is_paused_answers_later() {
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" }, { send = "ann", line = "1" }, { expect = "ann", line = "1" },
  { pause = "demo" },
  { send = "ann", line = "2" }, { connect = "bob" }, { expect = "ann", nothing_ms = 300 },
  { resume = "demo" }, { expect = "ann", line = "2" },
  { wait_ms = 10 }, { expect = "ann", nothing_ms = 0 },
"#;
    passes(ECHO, steps);
}

#[test]
fn bytes_of_every_kind_come_back() {
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "listening" },
  { connect = "ann" },
  { send = "ann", line = "${odd}" }, { expect = "ann", line = "${odd}" },
  { send = "ann", text = "${raw}\n" }, { expect = "ann", text = "${raw}\n" },
  { send = "ann", text = "${lines}" }, { expect = "ann", text = "${lines}" },
  { send = "ann", line = "${han} ${number} $${" }, { expect = "ann", matches = '\S{5} [3-5] \$\{' },
"#;
    let head = "vars = { odd = { text = 900 }, raw = { bytes = 900 }, lines = { lines = 20 }, han = { han = 5 }, \
                number = { number = [3, 5] } }";
    passes_with(&[("demo", ECHO)], head, steps);
}

#[test]
fn datagrams_go_both_ways_over_ipv4_and_ipv6() {
    let steps = r#"
  { start = "demo", args = ["${addr}"], on = "bound" },
  { bind = "ann" }, { bind = "bob" },
  { send = "ann", text = "${w}" }, { send = "bob", text = "" },
  { expect = "bob", datagram = "" }, { expect = "ann", datagram = "${w}", from = "${addr}" },
  { send = "ann", text = "read", until = "read" }, { expect = "ann", datagram = "read" },
  { expect = "ann", nothing_ms = 0 },
  { close = "bob" },
"#;
    for addr in ["127.0.0.1:21002", "[::1]:21002"] {
        passes_with(
            &[("demo", UDP)],
            &format!("addr = \"{addr}\"\nvars = {{ w = {{ text = 1200 }} }}"),
            steps,
        );
    }
}
