//! What a program leaves behind: files and processes.

use checker::record::finding::Finding;

use super::broken;

const COPIES: &str = r#"
  { file = "source.txt", text = "one\ntwo\n" },
  { start = "demo" },
  { expect_exit = "demo", code = 0 },
  { expect_file = "${dir}/copy.txt", text = "one\ntwo\n", alone = true, why = "a copy is the same to the byte" },
"#;

broken! {
    saves_wrong: WrongFile, COPIES;
    saves_nothing: WrongFile, COPIES;
    leaves_a_draft: WrongFile, COPIES;
    threads_for_processes: WrongProcesses, r#"
  { listen = "door" },
  { start = "demo", args = ["${addr}"] },
  { accept = "main", first = 'main (?<pid>\d+)' },
  { send = "main", line = "ok" },
  { accept = "child", first = 'child (?<pid>\d+)' },
  { send = "child", line = "ok", until = "read" },
  { expect_processes = "demo", connections = ["main", "child"], why = "a process for each connection" },
"#;
    hands_its_socket_on: WrongProcesses, r#"
  { listen = "door" },
  { start = "demo", args = ["${addr}"] },
  { accept = "main", first = 'main (?<pid>\d+)' },
  { send = "main", line = "ok", until = "read" },
  { expect = "demo.stdout", line = "both have it" },
  { stop = "main", why = "whose is this connection?" },
"#;
}
