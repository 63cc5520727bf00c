//! The checkers that are measured.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::files::{self, failed};
use crate::workshop::Workshop;

/// One build of the checker.
#[derive(Debug)]
pub struct Checker {
    pub name: String,
    /// A copy of the binary: it stays as it is, whatever is built meanwhile.
    pub binary: PathBuf,
    /// Where it comes from, in words.
    pub origin: String,
}

/// The checker as the README builds it, and those that were named.
pub fn all(workshop: &Workshop, named: &[(String, PathBuf)]) -> Result<Vec<Checker>, String> {
    let built = build(workshop)?;
    let mut checkers =
        vec![kept(workshop, "checker", &built, "built as `cargo run` does, in the dev profile")?];
    for (name, file) in named {
        checkers.push(kept(workshop, name, file, &file.display().to_string())?);
    }
    Ok(checkers)
}

/// The benchmark itself is built in the bench profile, and so is the checker beside it; but a student's
/// `cargo run -q -- next` uses the dev profile.
fn build(workshop: &Workshop) -> Result<PathBuf, String> {
    eprintln!("rivals: building the checker");
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--locked", "--package", "checker", "--bin", "checker"]);
    cargo.arg("--message-format=json-render-diagnostics").current_dir(&workshop.repo);
    let output = cargo.output().map_err(|error| format!("can't start cargo: {error}"))?;
    if !output.status.success() {
        return Err(format!("the checker can't be built\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let executable = messages.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        let name = message["target"]["name"].as_str()?;
        message["executable"].as_str().filter(|_| name == "checker").map(PathBuf::from)
    });
    executable.ok_or_else(|| "cargo does not tell where it has put the checker".to_owned())
}

fn kept(workshop: &Workshop, name: &str, file: &Path, origin: &str) -> Result<Checker, String> {
    let folder = workshop.folder.join("checkers").join(name);
    files::fresh(&folder)?;
    let binary = folder.join("checker");
    std::fs::copy(file, &binary).map_err(failed("copying", file))?;
    Ok(Checker { name: name.to_owned(), binary, origin: origin.to_owned() })
}
