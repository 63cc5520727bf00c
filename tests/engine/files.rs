//! `file`, `folder`, `expect_file`: the scenario's own folder.

use super::passes_with;

#[test]
fn a_program_finds_its_files_and_their_modes() {
    let steps = r#"
  { file = "source.txt", text = "${w}", mode = "444" },
  { folder = "box" }, { folder = "locked", mode = "555" },
  { file = "locked/inside.txt", text = "i" },
  { start = "demo", args = ["${dir}"] },
  { expect = "demo.stdout", line = "source.txt denied" }, { expect = "demo.stdout", line = "locked/new.txt denied" },
  { expect = "demo.stdout", line = "box/copy.txt written" },
  { expect_exit = "demo", code = 0 },
  { expect_file = "${dir}/box/copy.txt", text = "${w}", alone = true },
  { expect_file = "${dir}/locked/new.txt", absent = true },
  { expect_file = "${dir}/locked/inside.txt", text = "i", alone = true },
"#;
    passes_with(
        &[("demo", include_str!("../programs/right/writes_files.rs"))],
        "vars = { w = { bytes = 50 } }",
        steps,
    );
}

#[test]
fn a_blob_comes_back_from_a_file() {
    let receiver = include_str!("../programs/right/receives_a_file.rs");
    let steps = r#"
  { start = "demo", args = ["${addr}", "copy.bin"], on = "listening", memory_mib = 32 },
  { connect = "ann" }, { send = "ann", blob = "big", until = "read" }, { close = "ann", how = "write" },
  { expect = "ann", line = "16777216" }, { expect = "ann", eof = true },
  { expect_exit = "demo", code = 0 },
  { expect_file = "${dir}/copy.bin", blob = "big", alone = true },
"#;
    passes_with(&[("demo", receiver)], "vars = { big = { blob = \"16 MiB\" } }", steps);
}
