//! A running program, as the runner holds it.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use nix::errno::Errno;
use nix::sys::signal::Signal;
use nix::sys::socket::MsgFlags;

use super::channel::{Order, Report};
use super::child;
use super::error::{At, SandboxError};
use super::handle::Handle;
use super::step::Step;
pub use super::tree::{Member, ProcessInfo};
use super::tree::{Namespace, Stat, Tree};

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Its exit status, 0 to 255.
    Code(i32),
    /// The number of the signal that ended it.
    Signal(i32),
}

/// What happens to a program. Each comes once, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Its first process has ended. `survived`: others had not when that was seen, so they ended after it, if at all.
    /// `peak_rss_kib` is the most memory that the
    /// first process, or one of those it waited for, had resident at a time; 0 where that is not known,
    /// since it was less than the runner had when it started the program.
    Exited { exit: Exit, peak_rss_kib: u64, survived: bool },
    /// No process of the program is left.
    Empty,
}

/// A program that was started: its first process, every process below that, and their supervisor.
/// All of them end with this value at the latest.
#[derive(Debug)]
pub struct Process {
    /// None: it has left, since no process of the program is.
    supervisor: Option<Handle>,
    first: OwnedFd,
    pid: u32,
    inner_pid: u32,
    tree: Tree,
    streams: [Option<OwnedFd>; 3],
    /// What came before its end, and was not asked for yet.
    told: VecDeque<Event>,
    /// No process of the program is left.
    empty: bool,
    ended: bool,
}

impl Process {
    /// Waits until the supervisor has executed the program, or says why it can't.
    pub(super) fn meet(mut supervisor: Handle, streams: [OwnedFd; 3]) -> Result<Process, SandboxError> {
        let started = hear_of_start(&supervisor);
        let (inner_pid, first, pid, namespace) = started.inspect_err(|_| supervisor.kill())?;
        supervisor.at_work = true;
        let tree = Tree::new(supervisor.pid(), namespace, pid, inner_pid);
        let (supervisor, streams, told) = (Some(supervisor), streams.map(Some), VecDeque::new());
        Ok(Process { supervisor, first, pid, inner_pid, tree, streams, told, empty: false, ended: false })
    }

    /// Of the program's first process, as the runner sees it.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Of the program's first process, as it sees itself.
    pub fn inner_pid(&self) -> u32 {
        self.inner_pid
    }

    /// The writing end of the program's stdin: non-blocking, not inherited by other programs.
    pub fn take_stdin(&mut self) -> Option<OwnedFd> {
        self.streams[0].take()
    }

    /// The reading end of the program's stdout. At its end when every process that holds it has ended.
    pub fn take_stdout(&mut self) -> Option<OwnedFd> {
        self.streams[1].take()
    }

    /// The reading end of the program's stderr.
    pub fn take_stderr(&mut self) -> Option<OwnedFd> {
        self.streams[2].take()
    }

    /// Readable when [`Process::next_event`] has something to say. Not to be polled after [`Process::end`]; None when
    /// nothing more comes.
    pub fn events_fd(&self) -> Option<BorrowedFd<'_>> {
        self.supervisor.as_ref().map(|supervisor| supervisor.channel.fd().as_fd())
    }

    /// What has happened since, one event at a time; does not wait. None also when there will be no
    /// more after [`Process::end`]. An error means that the supervisor is gone, and with it, on rung 3,
    /// the program.
    pub fn next_event(&mut self) -> io::Result<Option<Event>> {
        self.event(MsgFlags::MSG_DONTWAIT)
    }

    /// The same, but waits for an event.
    pub(super) fn wait_event(&mut self) -> io::Result<Option<Event>> {
        self.event(MsgFlags::empty())
    }

    fn event(&mut self, flags: MsgFlags) -> io::Result<Option<Event>> {
        let Some(supervisor) = self.supervisor.as_mut().filter(|_| !self.ended) else {
            return Ok(self.told.pop_front());
        };
        match supervisor.channel.next_report(flags) {
            Ok(Some(Report::Event(event))) => {
                if event == Event::Empty {
                    self.empty = true;
                    // Below rung 3 it is told to end, and waited for.
                    supervisor.at_work = !supervisor.rung.has_namespaces();
                }
                Ok(Some(event))
            }
            Ok(None) => Err(io::Error::other("the program's supervisor is gone")),
            Ok(Some(report)) => Err(io::Error::other(format!("unexpected report: {report:?}"))),
            Err(error) if error.raw_os_error() == Some(Errno::EAGAIN as i32) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Every process of the program at this moment, without the supervisor; parents before their
    /// children. Zombies are among them.
    pub fn tree(&self) -> Vec<ProcessInfo> {
        if self.is_over() { Vec::new() } else { self.tree.describe() }
    }

    /// The same, told faster and with less.
    pub fn members(&self) -> Vec<Member> {
        if self.is_over() { Vec::new() } else { self.tree.members() }
    }

    /// The same, as it is told to this module's own.
    pub(super) fn stats(&self) -> Vec<Stat> {
        if self.is_over() { Vec::new() } else { self.tree.stats() }
    }

    /// No process is left.
    fn is_over(&self) -> bool {
        self.empty || self.ended
    }

    /// Signals the program's first process; nobody, if that has ended.
    pub fn signal_first(&self, signal: Signal) {
        child::signal(&self.first, signal);
    }

    /// Signals one of the program's processes by its pid for this process; nobody, if that has ended.
    pub fn signal_member(&self, pid: u32, signal: Signal) -> io::Result<()> {
        // Its pid is looked for once more when the descriptor is there, which is then no other process's.
        match child::pidfd_of(pid) {
            Ok(pidfd) => {
                if self.members().iter().any(|member| member.pid == pid) {
                    child::signal(&pidfd, signal);
                }
                Ok(())
            }
            Err(error) if error.raw_os_error() == Some(Errno::ESRCH as i32) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Signals every process of the program; the supervisor does so at its next turn.
    pub fn signal_all(&self, signal: Signal) {
        if let Some(supervisor) = &self.supervisor {
            // Fails only where the supervisor, and so the program, is gone.
            let _ = supervisor.channel.order(&Order::Signal(signal));
        }
    }

    /// Kills every process of the program, and returns when none is left. Events that came before can
    /// still be had.
    pub fn end(&mut self) {
        while !self.ended
            && let Ok(Some(event)) = self.next_event()
        {
            self.told.push_back(event);
        }
        self.ended = true;
        if let Some(supervisor) = &mut self.supervisor {
            supervisor.end_program();
        }
    }

    /// Its supervisor, for another program. None: some process may be left, or it is one for a single program, or has
    /// left before.
    pub(super) fn take_supervisor(&mut self) -> Option<Handle> {
        self.supervisor.take_if(|supervisor| supervisor.rung.has_namespaces() && !supervisor.at_work)
    }

    #[cfg(test)]
    pub(super) fn supervisor_pid(&self) -> u32 {
        self.supervisor.as_ref().map_or(0, Handle::pid)
    }

    /// What the program's own namespace tells of it.
    #[cfg(test)]
    pub(super) fn listed(&self) -> Option<Vec<Stat>> {
        self.tree.by_list()
    }

    /// What the lists of children tell of it.
    #[cfg(test)]
    pub(super) fn walked(&self) -> Vec<Stat> {
        super::tree::below(self.supervisor_pid())
    }
}

/// The program's first process: its own pid, its pidfd, and its pid for this process; and its
/// namespace, where it has one.
fn hear_of_start(supervisor: &Handle) -> Result<(u32, OwnedFd, u32, Option<Namespace>), SandboxError> {
    supervisor.await_report().at(Step::Supervisor)?;
    let channel = &supervisor.channel;
    let (inner_pid, first, namespace) = match channel.next_report(MsgFlags::empty()).at(Step::Supervisor)? {
        Some(Report::Started { inner_pid, pidfd, namespace }) => (inner_pid, pidfd, namespace),
        Some(Report::Failed(error)) => return Err(error),
        _ => return Err(SandboxError::new(Step::Supervisor, io::Error::other("it ended early"))),
    };
    let pid = pid_of(&first).at(Step::Supervisor)?;
    // From here on the supervisor waits for the program, whose pid may then be given away.
    channel.order(&Order::Go).at(Step::Supervisor)?;
    Ok((inner_pid, first, pid, namespace))
}

/// The pid behind a pidfd, in this process's namespace. A process that has ended keeps it until it is
/// waited for.
fn pid_of(pidfd: &OwnedFd) -> io::Result<u32> {
    let info = fs::read_to_string(format!("/proc/self/fdinfo/{}", pidfd.as_raw_fd()))?;
    info.lines()
        .find_map(|line| line.strip_prefix("Pid:")?.trim().parse().ok())
        .ok_or_else(|| io::Error::other("the program's process is not visible"))
}
