//! The box, entered, and the compiler in it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use super::job::{End, Job};
use super::watch;
use crate::build::compiler::{Setting, Words};
use crate::build::toolchain::Toolchain;
use crate::sandbox::limits::Limits;
use crate::sandbox::workshop::{self, Given};
use crate::sandbox::{SandboxError, Workshop};

/// 512 MiB was the least in which a compilation was seen to work.
const ADDRESS_SPACE: u64 = 4 << 30;
const PROCESSES: u32 = 64;
/// Of all processes of the compiler together.
const MEMORY_MIB: u32 = 2048;
/// All that it writes, and the largest file.
const FILES_MIB: u32 = 256;
const OPEN_FILES: u32 = 512;
/// The largest list of files read, in bytes.
const LIST: u64 = 1 << 20;

/// Folders below [`workshop::OUT`], beside the temporary files. Apart: a library may be called as a program is.
pub(super) const PROGRAM: &str = "/work/out";
pub(super) const LIBRARY: &str = "/work/library";
/// A folder of ours among the sources: no exercise is called so.
const UNWINDER: &str = "checker_unwinder";

pub(super) struct Bench {
    workshop: Workshop,
    pub toolchain: Toolchain,
    words: Words,
    /// What may pass on the clock in one run of the compiler.
    budget: Duration,
    /// Nobody waits for it in here.
    started: OnceLock<()>,
}

impl Bench {
    /// Takes this process into a box with these files, for good.
    pub(super) fn enter(job: &Job, mut files: Vec<Given>) -> Result<Self, End> {
        let mut linker = job.linker.clone();
        let folder = Path::new(workshop::FILES).join(UNWINDER);
        let unwinder = linker.as_mut().and_then(|linker| linker.look_for_unwinder_in(&folder));
        files.extend(unwinder.map(|(name, text)| (Path::new(UNWINDER).join(name), text.into_bytes())));
        let limits = Limits {
            processes: PROCESSES,
            memory_mib: MEMORY_MIB,
            files_mib: FILES_MIB,
            cpu_s: job.budget_s,
            open_files: OPEN_FILES,
        };
        let entered = || -> Result<Workshop, SandboxError> {
            Workshop::enter(limits, ADDRESS_SPACE, &job.sysroot, &files)
        };
        let bench = Bench {
            workshop: entered().map_err(fault)?,
            // As it is inside.
            toolchain: Toolchain {
                rustc: Path::new(workshop::TOOLS).join("bin/rustc"),
                version: String::new(),
                linker,
            },
            words: job.words,
            budget: Duration::from_secs(u64::from(job.budget_s) * 2),
            started: OnceLock::new(),
        };
        for folder in [PROGRAM, LIBRARY] {
            bench.make_dir(Path::new(folder))?;
        }
        Ok(bench)
    }

    pub(super) fn make_dir(&self, folder: &Path) -> Result<(), End> {
        self.workshop.make_dir(folder).map_err(fault)
    }

    /// For a compilation into that folder.
    pub(super) fn setting<'a>(&'a self, out: &'a Path) -> Setting<'a> {
        Setting {
            toolchain: &self.toolchain,
            words: self.words,
            out,
            // Made by an earlier compilation, it would be a way from one submission to the next.
            incremental: None,
            budget: self.budget,
            started: &self.started,
            resting: None,
        }
    }

    /// Runs the compiler; how it ended, and what it said.
    pub(super) fn run(&mut self, command: Command) -> Result<(End, Vec<u8>), End> {
        self.run_for(command, self.budget)
    }

    /// The same, with so much time on the clock.
    pub(super) fn run_for(&mut self, mut command: Command, budget: Duration) -> Result<(End, Vec<u8>), End> {
        command.env("PATH", "/usr/bin:/bin").env("HOME", workshop::OUT).env("TMPDIR", workshop::OUT);
        watch::run(&mut self.workshop, &command, budget).map_err(fault)
    }

    /// What it left, of so many bytes at most.
    pub(super) fn result(&self, path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
        self.workshop.result(path, most)
    }

    /// The compiler's list of the files that it read; nothing where it left none.
    pub(super) fn list(&self, path: &Path) -> String {
        let list = self.workshop.result(path, LIST).unwrap_or_default();
        String::from_utf8_lossy(&list).into_owned()
    }
}

/// Our own fault, or the machine's.
fn fault(error: impl ToString) -> End {
    End::Fault(error.to_string())
}

/// Takes away what a command says of the program for which it is: another would read it as its own.
pub(super) fn without_names(mut command: Command) -> Command {
    let own: Vec<OsString> = command.get_envs().map(|(name, _)| name.to_owned()).collect();
    for name in own.iter().filter(|name| name.as_encoded_bytes().starts_with(b"CARGO_")) {
        command.env_remove(name);
    }
    command
}

/// Where a crate's files are, as [`Given`] says it.
pub(super) fn given(folder: &Path) -> PathBuf {
    folder.strip_prefix(workshop::FILES).unwrap_or(Path::new("")).to_owned()
}
