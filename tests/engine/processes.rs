//! `stop`, `expect_exit`, `expect_processes`: lives and ends.

use super::passes;

const FAMILY: &str = include_str!("../programs/right/three_processes.rs");

#[test]
fn three_processes_hold_a_socket_each() {
    let steps = r#"
  { listen = "door" }, { start = "demo", args = ["${addr}"] },
  { accept = "main", first = 'main (?<pid>\d+)' },
  { accept = "coding", first = 'coding (?<pid>\d+)' }, { accept = "music", first = 'music (?<pid>\d+)' },
  { expect_processes = "demo", connections = ["main", "coding", "music"] },
  { close = "coding" }, { close = "music" }, { expect = "demo.stdout", line = "both ended" },
  { close = "main" }, { expect_exit = "demo", code = 0 }, { expect_processes = "demo", none = true },
"#;
    passes(FAMILY, steps);
}

#[test]
fn a_stop_is_for_the_first_process_alone() {
    let steps = r#"
  { listen = "door" }, { start = "demo", args = ["${addr}"] },
  { accept = "main", first = 'main (?<pid>\d+)' },
  { accept = "coding", first = 'coding (?<pid>\d+)' }, { accept = "music", first = 'music (?<pid>\d+)' },
  { stop = "demo" }, { expect = "main", eof = true }, { expect_exit = "demo", signal = 9 },
  { expect = "music", nothing_ms = 100 },
  { close = "coding" }, { close = "music" }, { expect_processes = "demo", none = true },
"#;
    passes(FAMILY, steps);
}

#[test]
fn the_process_behind_a_connection_can_be_stopped_alone() {
    let steps = r#"
  { listen = "door" }, { start = "demo", args = ["${addr}"] },
  { accept = "main", first = 'main (?<pid>\d+)' },
  { accept = "coding", first = 'coding (?<pid>\d+)' }, { accept = "music", first = 'music (?<pid>\d+)' },
  { pause = "music" }, { close = "music" }, { stop = "coding" }, { expect = "coding", eof = true },
  { expect = "demo.stdout", nothing_ms = 100 }, { resume = "music" },
  { expect = "demo.stdout", line = "both ended" }, { expect = "main", nothing_ms = 0 },
  { close = "main" }, { expect_exit = "demo", code = 0, alone = true },
"#;
    passes(FAMILY, steps);
}

#[test]
fn a_process_that_was_stopped_meanwhile_need_not_go_on() {
    let steps = r#"
  { listen = "door" }, { start = "demo", args = ["${addr}"] },
  { accept = "main", first = 'main (?<pid>\d+)' },
  { accept = "coding", first = 'coding (?<pid>\d+)' }, { accept = "music", first = 'music (?<pid>\d+)' },
  { pause = "coding" }, { stop = "coding" }, { resume = "coding" }, { close = "music" },
  { expect = "demo.stdout", line = "both ended" },
  { stop = "main" }, { expect_exit = "demo", signal = 9, alone = true },
"#;
    passes(FAMILY, steps);
}

#[test]
fn every_way_to_end_can_be_asked_for() {
    let steps = r#"
  { start = "good", program = "demo", args = ["0"] }, { expect_exit = "good", code = 0 },
  { start = "bad", program = "demo", args = ["1", "${addr} is taken"] },
  { expect_exit = "bad", code = 1, reason = "${addr}" },
  { start = "usage", program = "demo", args = ["2", "usage: demo"] }, { expect_exit = "usage", code = 2, reason = true },
  { start = "either", program = "demo", args = ["1"] }, { expect_exit = "either", code = [0, 1] },
  { start = "silent", program = "demo", args = ["255"] }, { expect_exit = "silent", code = 255 },
  { expect = "silent.stdout", eof = true }, { expect = "silent.stderr", eof = true },
"#;
    passes(include_str!("../programs/right/exits.rs"), steps);
}
