//! The time of one whole process.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use serde_json::Value;

use crate::contestant::Run;
use crate::files;
use crate::workshop::Workshop;

/// One measurement.
#[derive(Debug, Clone)]
pub struct Lap {
    /// Milliseconds from its start to its end.
    pub ms: f64,
    pub stdout: String,
}

#[derive(Debug)]
pub struct Stopwatch<'a> {
    workshop: &'a Workshop,
    /// `hyperfine`, or our own clock where it is not to be had.
    hyperfine: bool,
}

impl<'a> Stopwatch<'a> {
    pub fn new(workshop: &'a Workshop, hyperfine: bool) -> Self {
        Stopwatch { workshop, hyperfine }
    }

    /// # Errors
    /// It can't be started, or does not exit with 0: with its output.
    pub fn time(&self, run: &Run) -> Result<Lap, String> {
        if self.hyperfine { self.with_hyperfine(run) } else { self.with_own_clock(run) }
    }

    fn with_hyperfine(&self, run: &Run) -> Result<Lap, String> {
        let report: PathBuf = self.workshop.folder.join("hyperfine.json");
        let mut command = self.workshop.command("hyperfine");
        command.args(["--shell=none", "--runs=1", "--style=none", "--output=inherit", "--export-json"]);
        let words: Vec<String> = run.argv.iter().map(|word| quoted(&word.to_string_lossy())).collect();
        command.arg(&report).arg(words.join(" "));
        let output = ended(run, command)?;
        let report: Value = serde_json::from_str(&files::read(&report)?)
            .map_err(|error| format!("hyperfine's report can't be read: {error}"))?;
        let seconds = report["results"][0]["times"][0].as_f64();
        let seconds = seconds.ok_or_else(|| "hyperfine's report holds no time".to_owned())?;
        Ok(lap(seconds, &output))
    }

    fn with_own_clock(&self, run: &Run) -> Result<Lap, String> {
        let mut command = self.workshop.command(&run.argv[0]);
        command.args(&run.argv[1..]);
        let began = Instant::now();
        let output = ended(run, command)?;
        Ok(lap(began.elapsed().as_secs_f64(), &output))
    }
}

fn lap(seconds: f64, output: &Output) -> Lap {
    Lap { ms: seconds * 1000.0, stdout: String::from_utf8_lossy(&output.stdout).into_owned() }
}

fn ended(run: &Run, mut command: Command) -> Result<Output, String> {
    let output = command.current_dir(&run.folder).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("can't start {}: {error}", run.shown()))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    Err(format!("{} failed\n{}", run.shown(), said.concat()))
}

/// As hyperfine takes a command apart: like a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
