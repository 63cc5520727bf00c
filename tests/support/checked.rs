//! One run of the checker: what it is given, and all that is expected of it.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use predicates::Predicate;
use predicates::str::{contains, is_empty};
use serde_json::Value;

use super::mini::target;
use super::snapshot;

/// No run of these tests takes that long, unless the checker hangs.
const PATIENCE: Duration = Duration::from_secs(60);

type Text = Box<dyn Predicate<str>>;

/// A command with expectations: exit code 0, and nothing on stdout and stderr, unless said otherwise.
#[must_use = "it runs with `check`, `snapshot` or `json`"]
pub struct Checked {
    command: assert_cmd::Command,
    code: i32,
    stdout: Vec<Text>,
    stderr: Vec<Text>,
}

/// What the checker printed.
pub struct Printed {
    pub stdout: String,
    pub stderr: String,
}

/// The checker's binary, in an environment that does not depend on who runs the tests.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_checker"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RUSTC", "RUSTFLAGS", "RUST_BACKTRACE"]
    {
        command.env_remove(name);
    }
    command.env("TERM", "xterm").env("LC_ALL", "C.UTF-8").env("CHECKER_TARGET_DIR", target());
    command
}

/// The same, started by `wrapper`, which is given the binary as its last argument.
pub fn command_by(mut wrapper: Command) -> Command {
    let checker = command();
    wrapper.arg(checker.get_program());
    for (name, value) in checker.get_envs() {
        match value {
            Some(value) => wrapper.env(name, value),
            None => wrapper.env_remove(name),
        };
    }
    wrapper
}

impl Checked {
    pub fn new<'a>(args: impl IntoIterator<Item = &'a str>) -> Self {
        let mut command = command();
        command.args(args);
        Self::of(command)
    }

    /// Of a command that runs the checker in its own way.
    pub fn of(command: Command) -> Self {
        let command = assert_cmd::Command::from_std(command);
        Checked { command, code: 0, stdout: Vec::new(), stderr: Vec::new() }
    }

    pub fn current_dir(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// The exit code.
    pub fn code(mut self, code: i32) -> Self {
        self.code = code;
        self
    }

    /// Something that stands on stdout.
    pub fn says(mut self, part: &str) -> Self {
        self.stdout.push(Box::new(contains(part)));
        self
    }

    /// Something that does not.
    pub fn never_says(mut self, part: &str) -> Self {
        self.stdout.push(Box::new(predicates::prelude::PredicateBooleanExt::not(contains(part))));
        self
    }

    /// Something that stands on stderr.
    pub fn complains(mut self, part: &str) -> Self {
        self.stderr.push(Box::new(contains(part)));
        self
    }

    /// Runs it.
    #[track_caller]
    pub fn check(self) -> Printed {
        let stdout = self.stdout.is_empty();
        let stderr = self.stderr.is_empty();
        let printed = self.run();
        assert!(!stdout || is_empty().eval(&printed.stdout), "stdout is not empty:\n{}", printed.stdout);
        assert!(!stderr || is_empty().eval(&printed.stderr), "stderr is not empty:\n{}", printed.stderr);
        printed
    }

    /// Runs it, and compares all that it printed with the snapshot `name`.
    #[track_caller]
    pub fn snapshot(self, name: &str) -> Printed {
        let printed = self.run();
        snapshot::compare(name, &printed);
        printed
    }

    /// Runs it; stdout is one JSON document, stderr is empty.
    #[track_caller]
    pub fn json(self) -> Value {
        let printed = self.run();
        assert_eq!(printed.stderr, "", "stderr beside JSON");
        serde_json::from_str(&printed.stdout).unwrap_or_else(|error| panic!("{error}: {}", printed.stdout))
    }

    #[track_caller]
    fn run(mut self) -> Printed {
        let output = self.command.timeout(PATIENCE).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the checker prints UTF-8");
        let printed = Printed { stdout: text(output.stdout), stderr: text(output.stderr) };
        let whole = format!("stdout:\n{}\nstderr:\n{}", printed.stdout, printed.stderr);
        assert_eq!(output.status.code(), Some(self.code), "exit: {}; {whole}", output.status);
        for (wanted, text) in [(&self.stdout, &printed.stdout), (&self.stderr, &printed.stderr)] {
            for predicate in wanted {
                assert!(predicate.eval(text), "not so: {predicate}\n{whole}");
            }
        }
        printed
    }
}
