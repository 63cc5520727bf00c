//! The last steps of a process before it becomes the student's program.

use std::fs;
use std::os::fd::AsRawFd;

use nix::sched::{CloneFlags, unshare};
use nix::sys::prctl;
use nix::sys::signal::{SigSet, SigmaskHow, sigprocmask};
use nix::sys::stat::{Mode, umask};
use nix::unistd::{chdir, execve, setsid};

use super::error::{At, SandboxError};
use super::orders::Orders;
use super::pipes;
use super::privileges;
use super::processors;
use super::rung::Rung;
use super::step::Step;

/// In nanoseconds: what every process has that asks for nothing else (PR_SET_TIMERSLACK(2const)). The
/// runner has less.
const USUAL_SLACK: libc::c_ulong = 50_000;

/// The highest signal number of Linux.
const LAST_SIGNAL: libc::c_int = 64;

/// Readies this process, a fresh child of the supervisor that shares its memory, waits for its program, and
/// turns into that. Returns only to say why not; false: nobody wants a program any more.
pub(super) fn become_program(orders: &mut Orders) -> Result<bool, SandboxError> {
    setsid().at(Step::Session)?;
    if orders.terms.rung == Rung::Three {
        own_user_namespace()?;
    }
    default_signals().at(Step::Signals)?;
    umask(Mode::from_bits_truncate(0o022));
    prctl::set_timerslack(USUAL_SLACK).at(Step::ResourceLimits)?;
    privileges::give_up().at(Step::Privileges)?;
    if let Some(filter) = &mut orders.terms.filter {
        filter.install().at(Step::Filter)?;
    }
    let Some((command, streams)) = orders.channel.await_start().at(Step::Channel)? else { return Ok(false) };
    processors::take_all().at(Step::ResourceLimits)?;
    for (stream, number) in streams.iter().zip(0..) {
        pipes::replace(stream.as_raw_fd(), number).at(Step::Streams)?;
    }
    chdir(&command.dir).at(Step::WorkingDir)?;
    pipes::close_all_on_exec().at(Step::CloseFiles)?;
    command.limits.apply(orders.terms.rung, command.address_space).at(Step::ResourceLimits)?;
    if let Some(walls) = &command.walls {
        walls.put_up().at(Step::Landlock)?;
    }
    match execve(&command.arguments[0], &command.arguments, &command.environment).at(Step::Exec)? {}
}

/// A user namespace in which the program is an ordinary user, and which counts its processes apart.
fn own_user_namespace() -> Result<(), SandboxError> {
    // The supervisor is not dumpable, and this is its memory: /proc/self would belong to the host's root.
    prctl::set_dumpable(true).at(Step::StudentNamespace)?;
    unshare(CloneFlags::CLONE_NEWUSER).at(Step::StudentNamespace)?;
    fs::write("/proc/self/uid_map", "1000 0 1").at(Step::StudentMaps)?;
    // setgroups is denied already, by the namespace above.
    fs::write("/proc/self/gid_map", "1000 0 1").at(Step::StudentMaps)?;
    prctl::set_dumpable(false).at(Step::StudentNamespace)
}

/// What a shell would hand over. The runner ignores SIGPIPE, as every Rust program does, and the
/// supervisor blocks all signals; both would survive `exec`.
fn default_signals() -> nix::Result<()> {
    for signal in 1..=LAST_SIGNAL {
        // SAFETY: the default action runs no code of this process. SIGKILL, SIGSTOP and the two signals
        // of the C library are refused, and stand at their default anyway.
        unsafe { libc::signal(signal, libc::SIG_DFL) };
    }
    sigprocmask(SigmaskHow::SIG_SETMASK, Some(&SigSet::empty()), None)
}
