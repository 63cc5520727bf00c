//! Which rungs this host allows: found out by trying, since no setting tells for sure.

use std::env;
use std::fs::File;
use std::io;
use std::process::{Command, ExitCode, Stdio};

use super::bubblewrap;
use super::enter::EmptySandbox;
use super::error::{At, SandboxError};
use super::limits::Limits;
use super::process::{Event, Exit, Process};
use super::programs::Programs;
use super::rung::Rung;
use super::step::Step;

/// The hidden subcommand of this binary that has to call [`probe_main`] with the number that follows.
pub const SUBCOMMAND: &str = "__probe";
/// The number that stands for "you are the program in the sandbox that is tried".
const INSIDE: u8 = u8::MAX;

/// This very binary, even when its file was replaced meanwhile.
const THIS: &str = "/proc/self/exe";
/// A small program that does nothing, and needs what every program needs.
const SMALL: [&str; 2] = ["/bin/true", "/usr/bin/true"];

const LIMITS: Limits = Limits { processes: 16, memory_mib: 256, files_mib: 16, cpu_s: 10, open_files: 64 };

/// Tries a rung with everything that belongs to it, in a process of its own.
pub fn probe(rung: Rung) -> Result<(), SandboxError> {
    let args = [SUBCOMMAND.into(), rung.to_string().into()];
    let (mut command, step) = match rung {
        Rung::Two => (bubblewrap::command(&args).at(Step::Bubblewrap)?, Step::Bubblewrap),
        _ => (Command::new(THIS), Step::Probe),
    };
    if rung != Rung::Two {
        command.args(args);
    }
    let output = command.stdin(Stdio::null()).output().at(step)?;
    if output.status.success() {
        return Ok(());
    }
    if rung == Rung::Two && output.stdout.is_empty() {
        return Err(SandboxError::new(Step::Bubblewrap, bubblewrap::failure(&output.stderr)));
    }
    let line = String::from_utf8_lossy(&output.stdout);
    Err(SandboxError::from_wire(line.trim_end())
        .unwrap_or_else(|| SandboxError::new(Step::Probe, io::Error::other(output.status.to_string()))))
}

/// The best rung that this host allows. Rung 0 is the answer also where even that fails.
pub fn best() -> Rung {
    Rung::ALL.into_iter().find(|rung| probe(*rung).is_ok()).unwrap_or(Rung::Zero)
}

/// What came of each rung, best first.
pub fn all() -> Vec<(Rung, Option<SandboxError>)> {
    Rung::ALL.into_iter().map(|rung| (rung, probe(rung).err())).collect()
}

/// What the subcommand does: tries the rung `number` and prints what failed, in a line for [`probe`].
/// To be called first thing in a fresh process.
pub fn probe_main(number: u8) -> ExitCode {
    if number == INSIDE {
        return ExitCode::SUCCESS;
    }
    let unknown = || SandboxError::new(Step::Probe, io::Error::other(format!("there is no rung {number}")));
    match Rung::from_number(number).ok_or_else(unknown).and_then(attempt) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{}", error.to_wire());
            ExitCode::FAILURE
        }
    }
}

/// Runs a program in a sandbox: if it can run there, so can a student's. Where there is no small one, it
/// is this very binary.
fn attempt(rung: Rung) -> Result<(), SandboxError> {
    let program = SMALL.iter().find_map(|path| File::open(path).ok());
    let program = program.map_or_else(|| File::open(THIS), Ok).at(Step::OpenProgram)?;
    let programs = Programs { of: String::new(), opened: vec![("true".to_owned(), program)] };
    let scratch = if rung == Rung::Two { bubblewrap::SCRATCH.into() } else { env::temp_dir() };
    let mut sandbox = EmptySandbox::enter(rung, &scratch, LIMITS.processes)?.furnish(LIMITS, programs)?;
    let mut process = sandbox.spawn("true", &[SUBCOMMAND.into(), INSIDE.to_string().into()])?;
    match exit_of(&mut process).at(Step::Supervisor)? {
        Exit::Code(0) => Ok(()),
        exit => {
            Err(SandboxError::new(Step::Exec, io::Error::other(format!("the program ended by {exit:?}"))))
        }
    }
}

/// Waits for the program's first process.
fn exit_of(process: &mut Process) -> io::Result<Exit> {
    match process.wait_event()? {
        Some(Event::Exited { exit, .. }) => Ok(exit),
        _ => Err(io::Error::other("it told no end")),
    }
}
