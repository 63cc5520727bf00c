//! How checkers of network programs come to be wrong: a test for each way, named after it, that fails when
//! what keeps this checker from it is taken out.

mod endless;
mod fails_right;
mod helps_nobody;
mod passes_wrong;
mod standstill;

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::Mini;
use crate::support::mini::ADDR;

/// Echoes lines and bytes to many clients at a time.
const ECHO: &str = include_str!("../programs/right/echoes.rs");
/// Connects, says a line, prints the answer.
const CALLER: &str = include_str!("../programs/right/calls.rs");

/// Needs little of a processor that others keep busy.
const STARVED: &str = include_str!("../programs/pitfalls/starved.rs");

/// A course with one scenario, and more lines for its head (`vars = …`). One program is `src/main.rs`,
/// several are `src/bin/NAME.rs`.
fn course(programs: &[(&str, &str)], head: &str, steps: &str) -> Mini {
    let names: Vec<&str> = programs.iter().map(|(name, _)| *name).collect();
    let toml = format!(
        "title = \"An exercise\"\nprograms = {names:?}\naddr = \"{ADDR}\"\nhints = [\"look\", \"think\"]\n\n\
         [[scenario]]\nname = \"it works\"\n{head}\nsteps = [\n{}\n]\n",
        steps.trim_matches('\n')
    );
    let course = Mini::new().exercise("01_demo", &toml);
    programs.iter().fold(course, |course, (name, source)| match programs.len() {
        1 => course.source("01_demo", source),
        _ => course.file(&format!("exercises/01_demo/src/bin/{name}.rs"), source),
    })
}

/// What became of the scenario, on the isolation rung `rung`.
#[track_caller]
fn result(course: &Mini, rung: &str, code: i32) -> Value {
    let args = ["run", "1", "--seed", "7", "--isolation", rung, "--format", "json"];
    let mut document = course.checker(args).code(code).json();
    document["exercises"][0]["scenarios"][0].take()
}

/// The program passes.
#[track_caller]
fn passes(source: &str, head: &str, steps: &str) -> Value {
    let scenario = result(&course(&[("demo", source)], head, steps), "3", 0);
    assert_eq!(scenario["status"], "passed", "{scenario:#}");
    scenario
}

/// The program fails with this finding; gives all that is told of it.
#[track_caller]
fn fails(source: &str, head: &str, steps: &str, finding: &str) -> Value {
    let patience = if head.contains("deadline_s") { "" } else { "deadline_s = 1\n" };
    let mut scenario = result(&course(&[("demo", source)], &format!("{patience}{head}"), steps), "3", 1);
    assert_eq!(scenario["failure"]["finding"], finding, "{scenario:#}");
    scenario["failure"].take()
}

/// A folder in which programs meet that run on rung 0.
fn anybodys_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
    folder
}

/// An exercise with so many scenarios, all with these lines in their heads and of these steps.
fn many(scenarios: usize, head: &str, steps: &str) -> String {
    let exercise = "title = \"An exercise\"\nprograms = [\"demo\"]\nhints = [\"look\", \"think\"]\n";
    let one = |n| format!("[[scenario]]\nname = \"number {n}\"\n{head}\nsteps = [{steps}]\n");
    format!("{exercise}addr = \"{ADDR}\"\n") + &(0..scenarios).map(one).collect::<String>()
}
