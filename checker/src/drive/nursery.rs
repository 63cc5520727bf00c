//! The process in which runners are born.
//!
//! To start a runner by `exec` costs more than all that it does afterwards. So one process is executed,
//! while the first compiler runs, and every runner is a copy of it: still single-threaded, so that it can
//! enter namespaces, and without anything of another scenario, since the nursery itself runs none.
//!
//! ```text
//! checker ── control socket ──→ nursery ── clone ──→ runner
//!    └──────────── its conversation: a stream socket ───┘
//! ```

use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::ExitCode;

use nix::sys::prctl;
use nix::sys::signal::{SigHandler, Signal, signal};
use serde::{Deserialize, Serialize};

use super::job::Limits;
use super::runner;
use crate::sandbox::{Rung, bubblewrap, child, handover, processors};

/// The hidden first argument that makes the binary a nursery.
pub const ARGUMENT: &str = "__nursery";
/// The hidden first argument that makes it a runner within bubblewrap.
pub const WRAPPED: &str = "__wrapped";
/// The longest order, in bytes.
const ORDER: usize = 8 * 1024;

/// Where a scenario will run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The isolation rung to run under.
    pub rung: u8,
    /// Rung 0: below which folder the scenario's own folder is made.
    pub scratch_parent: PathBuf,
    pub limits: Limits,
    /// For so many programs all is made ready before it is known which ones they are.
    pub programs: u32,
    /// Somebody waits for a compiler: see [`processors`].
    pub beside_compiler: bool,
}

/// Runs as the nursery of the checker whose process number is `checker`, which holds the other end of
/// the control socket, this process's stdin, as long as it lives.
pub fn main(checker: u32) -> ExitCode {
    if crate::sandbox::die_with_parent(checker).is_err() {
        return ExitCode::from(3);
    }
    let control = std::io::stdin();
    // What a runner leaves behind, its supervisors, comes to this process: the first process of a container may bury
    // them late or never, and until then the kernel keeps their namespaces, and counts them as their user's.
    // SAFETY: the action runs no code of this process. With it the kernel buries all of them by itself.
    if prctl::set_child_subreaper(true).is_err()
        || unsafe { signal(Signal::SIGCHLD, SigHandler::SigIgn) }.is_err()
    {
        return ExitCode::from(3);
    }
    // Asks, once for all runners, what the processor can do: a hypervisor answers slowly.
    std::hint::black_box(memchr::memchr(b'\n', &[0; 64]));
    loop {
        let (order, mut fds) = match handover::receive(control.as_fd(), ORDER) {
            Ok((order, _)) if order.is_empty() => return ExitCode::SUCCESS,
            Ok(received) => received,
            Err(_) => return not_for_hands(),
        };
        let (Ok(setting), Some(conversation)) = (serde_json::from_slice::<Setting>(&order), fds.pop()) else {
            return not_for_hands();
        };
        let nursery = std::process::id();
        // A runner that can't be started is told of by the end of its conversation.
        drop(child::start(0, move || be_runner(nursery, &setting, conversation)));
    }
}

fn not_for_hands() -> ExitCode {
    eprintln!("{ARGUMENT} is for the checker's own use: it takes orders from a socket");
    ExitCode::from(2)
}

/// A runner's whole life. Its conversation is its stdin and its stdout.
fn be_runner(nursery: u32, setting: &Setting, conversation: OwnedFd) -> i32 {
    // SAFETY: as above: the default action. A runner waits for its supervisors itself.
    let ready = unsafe { signal(Signal::SIGCHLD, SigHandler::SigDfl) }.is_ok()
        && crate::sandbox::die_with_parent(nursery).is_ok()
        && (0..2).all(|number| crate::sandbox::replace(conversation.as_raw_fd(), number).is_ok());
    drop(conversation);
    // On other rungs what it starts would not come back to all of them.
    if setting.beside_compiler && setting.rung == Rung::Three.number() {
        processors::leave_one_alone();
    }
    match ready {
        false => 3,
        true if setting.rung == Rung::Two.number() => start_wrapped(setting),
        true => runner::run(setting),
    }
}

/// Goes on as bubblewrap, which starts a runner in the namespaces that it makes. Returns only to say why not.
fn start_wrapped(setting: &Setting) -> i32 {
    let setting = Setting { scratch_parent: bubblewrap::SCRATCH.into(), ..setting.clone() };
    let Ok(setting) = serde_json::to_string(&setting) else { return 3 };
    let args = [WRAPPED.into(), std::process::id().to_string().into(), setting.into()];
    let Ok(mut command) = bubblewrap::command(&args) else { return 3 };
    drop(command.exec());
    3
}

/// Runs as a runner that bubblewrap has started; the setting is the argument behind the number.
pub fn wrapped() -> ExitCode {
    let setting = std::env::args().nth(3).and_then(|text| serde_json::from_str::<Setting>(&text).ok());
    let Some(setting) = setting else { return ExitCode::from(2) };
    ExitCode::from(u8::try_from(runner::run(&setting)).unwrap_or(3))
}
