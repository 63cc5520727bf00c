//! Where all is made, and the surroundings in which it runs.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files;

/// Variables of cargo and rustup that a student's shell may have as well.
const KEPT: [&str; 3] = ["CARGO_HOME", "RUSTUP_HOME", "RUSTUP_AUTO_INSTALL"];

/// What `cargo bench` sets for us, and what would send a rival's output elsewhere.
const DROPPED: [&str; 6] = ["CARGO", "RUST", "CHECKER", "NEXTEST", "LD_LIBRARY_PATH", "NO_COLOR"];

#[derive(Debug)]
pub struct Workshop {
    /// The repository: only read.
    pub repo: PathBuf,
    /// `target/rivals` in it.
    pub folder: PathBuf,
}

impl Workshop {
    pub fn open() -> Result<Self, String> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let repo = manifest.parent().unwrap_or(manifest).to_owned();
        let folder = repo.join("target/rivals");
        files::make(&folder)?;
        Ok(Workshop { repo, folder })
    }

    /// Here tools are installed: `bin` is in it.
    pub fn tools(&self) -> PathBuf {
        self.folder.join("tools")
    }

    /// A command as a student's shell would start it.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            let dropped = DROPPED.iter().any(|start| text.starts_with(start));
            if dropped && !KEPT.contains(&&*text) {
                command.env_remove(&name);
            }
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = env::split_paths(&path).chain([self.tools().join("bin")]);
        if let Ok(path) = env::join_paths(folders) {
            command.env("PATH", path);
        }
        command.env("TERM", "dumb");
        command
    }

    /// The first line that a command prints.
    pub fn first_line(&self, argv: &[&str]) -> Result<String, String> {
        let said = self.output(argv, &self.repo)?;
        Ok(said.lines().next().unwrap_or_default().to_owned())
    }

    /// What a command prints on stdout.
    ///
    /// # Errors
    /// It can't be started, or does not exit with 0; with all that it said.
    pub fn output(&self, argv: &[&str], folder: &Path) -> Result<String, String> {
        let shown = argv.join(" ");
        let mut command = self.command(argv[0]);
        let output = command.args(&argv[1..]).current_dir(folder).output();
        let output = output.map_err(|error| format!("can't start `{shown}`: {error}"))?;
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(stdout);
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        Err(format!("`{shown}` in {} failed ({})\n{stdout}{stderr}", folder.display(), output.status))
    }
}
