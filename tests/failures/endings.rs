//! A program ends in the wrong way, or does not end.

use checker::record::finding::Finding;

use super::broken;

const ENDS_WELL: &str = r#"
  { start = "demo" },
  { expect_exit = "demo", code = 0, why = "end when the work is done" },
"#;

broken! {
    panics_at_once: Crashed, ENDS_WELL;
    aborts: Crashed, ENDS_WELL;
    panics_in_a_thread: Crashed, ENDS_WELL;
    exits_with_3: WrongExit, ENDS_WELL;
    reads_to_the_end: StillRunning, r#"
  { start = "demo" },
  { send = "demo.stdin", line = "one line" },
  { expect_exit = "demo", code = 0, why = "one line is enough" },
"#;
    fails_without_a_word: NoReason, r#"
  { start = "demo" },
  { expect_exit = "demo", code = 1, reason = true, why = "say on stderr what went wrong" },
"#;
    leaves_a_child: LeftProcesses, ENDS_WELL;
    ends_before_its_child: LeftProcesses, r#"
  { listen = "door" },
  { start = "demo", args = ["${addr}"] },
  { accept = "main", first = 'main (?<pid>\d+)' },
  { send = "main", line = "ok", until = "read" },
  { accept = "child", first = 'child (?<pid>\d+)' },
  { pause = "child" },
  { close = "main" },
  { expect_exit = "demo", code = 0, alone = true, why = "wait for your child" },
"#;
}
