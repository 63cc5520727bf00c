//! The process between runner and program: it starts the program, buries the dead and reports.

use std::io;
use std::os::fd::AsFd;

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::signal::{SigSet, SigmaskHow, Signal, kill, sigprocmask};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use nix::unistd::{Pid, getpid};

use super::box_up::{self, Pids};
use super::channel::{Channel, Order, Report};
use super::child::{self, Child};
use super::error::{At, SandboxError};
use super::orders::Orders;
use super::pipes;
use super::process::{Event, Exit};
use super::processors;
use super::rung::Rung;
use super::step::Step;
use super::student;
use super::tree::{self, Namespace};

/// The supervisor's whole life, in a process of its own. The result is its exit status, which nobody
/// reads: the channel says everything.
pub(super) fn run(mut orders: Orders) -> i32 {
    let done = prepare(&orders).and_then(|(deaths, pids)| {
        while let Some(first) = start(&mut orders)? {
            if serve(&orders, &deaths, first) != Some(Order::Again) {
                break;
            }
            pids.restart();
        }
        Ok(())
    });
    // On rung 3 the kernel does this when PID 1 ends, and better.
    if !orders.terms.rung.has_namespaces() {
        kill_descendants();
    }
    match done {
        Ok(()) => 0,
        Err(error) => {
            let _ = orders.channel.report(&Report::Failed(error));
            1
        }
    }
}

/// Tells of a program that was started, and stays with it until nobody asks any more, or there is to be another one.
fn serve(orders: &Orders, deaths: &SignalFd, first: Child) -> Option<Order> {
    // Where it can't, the program could not either.
    let _ = processors::take_all();
    let Orders { terms, channel } = orders;
    let Child { pid, pidfd } = first;
    // Where there is none, its processes are found in another way.
    let namespace = terms.rung.has_namespaces().then(Namespace::own).and_then(Result::ok);
    channel.report(&Report::Started { inner_pid: pid.as_raw().cast_unsigned(), pidfd, namespace }).ok()?;
    if channel.next_order() != Some(Order::Go) {
        return None;
    }
    Watch { rung: terms.rung, first: pid, inherited_kib: inherited_kib(), empty: false, channel, deaths }
        .run()
}

fn prepare(orders: &Orders) -> Result<(SignalFd, Pids), SandboxError> {
    pipes::silence().at(Step::CloseFiles)?;
    pipes::close_all_but(&mut orders.descriptors()).at(Step::CloseFiles)?;
    // Blocked, no signal but SIGKILL ends this process; SIGCHLD comes by descriptor.
    sigprocmask(SigmaskHow::SIG_SETMASK, Some(&SigSet::all()), None).at(Step::Signals)?;
    let deaths = SigSet::from(Signal::SIGCHLD);
    let flags = SfdFlags::SFD_CLOEXEC | SfdFlags::SFD_NONBLOCK;
    let deaths = SignalFd::with_flags(&deaths, flags).at(Step::Signals)?;
    let pids = match orders.terms.rung.has_namespaces() {
        true => box_up::namespaced(orders.terms.processes)?,
        false => box_up::plain()?,
    };
    Ok((deaths, pids))
}

/// Readies the program's process, and returns when the program that was then asked for has been executed. None:
/// nobody asks any more.
fn start(orders: &mut Orders) -> Result<Option<Child>, SandboxError> {
    // As it stays when the program is executed: then that memory is left, and nothing more is written.
    let mut fate = Ok(true);
    let child = child::start_sharing(|| {
        fate = student::become_program(orders);
        1
    });
    let child = child.at(Step::CloneStudent)?;
    fate.map(|executed| executed.then_some(child))
}

/// The loop of a supervisor whose program runs.
struct Watch<'a> {
    rung: Rung,
    /// The program's first process.
    first: Pid,
    /// Of its peak of resident memory so much may be what this process had when it forked.
    inherited_kib: u64,
    empty: bool,
    channel: &'a Channel,
    deaths: &'a SignalFd,
}

impl Watch<'_> {
    /// Returns when the runner has ended, or wants an end; or with the order to begin again.
    fn run(&mut self) -> Option<Order> {
        loop {
            self.bury().ok()?;
            let mut fds = [
                PollFd::new(self.channel.fd().as_fd(), PollFlags::POLLIN),
                PollFd::new(self.deaths.as_fd(), PollFlags::POLLIN),
            ];
            let _ = poll(&mut fds, PollTimeout::NONE);
            let (order, death) = (fds[0].any() == Some(true), fds[1].any() == Some(true));
            if death {
                while let Ok(Some(_)) = self.deaths.read_signal() {}
            }
            if order {
                match self.channel.next_order()? {
                    Order::Signal(signal) => self.signal_all(signal),
                    Order::Go => {}
                    Order::Again => return self.empty.then_some(Order::Again),
                }
            }
        }
    }

    /// Waits for all that have ended, and reports. Fails if the runner is gone.
    fn bury(&mut self) -> io::Result<()> {
        let mut ended = None;
        let mut is_over = false;
        while !self.empty && !is_over {
            match wait_any() {
                Ok(None) => break,
                Ok(Some((pid, exit, peak_kib))) if pid == self.first => ended = Some((exit, peak_kib)),
                Ok(Some(_)) => {}
                Err(_no_children) => is_over = true,
            }
        }
        if let Some((exit, peak_kib)) = ended {
            let peak_rss_kib = if peak_kib > self.inherited_kib { peak_kib } else { 0 };
            let event = Event::Exited { exit, peak_rss_kib, survived: !is_over };
            self.channel.report(&Report::Event(event))?;
        }
        if is_over {
            self.empty = true;
            self.channel.report(&Report::Event(Event::Empty))?;
        }
        Ok(())
    }

    fn signal_all(&self, signal: Signal) {
        match self.rung.has_namespaces() {
            // To every process of the namespace but this one, at one instant.
            true => drop(kill(Pid::from_raw(-1), signal)),
            false => signal_descendants(signal),
        }
    }
}

/// The kernel counts what a process had resident before its exec, as a copy of this one, towards its peak.
fn inherited_kib() -> u64 {
    /// What it touches beside, on its way to exec.
    const MORE_KIB: u64 = 1024;
    let ours = getrusage(UsageWho::RUSAGE_SELF).map_or(0, |usage| usage.max_rss());
    ours.cast_unsigned() + MORE_KIB
}

/// A child that has ended, how, and its peak of resident memory in KiB; does not wait. None: none has
/// ended yet. The only error is that there are no children.
fn wait_any() -> Result<Option<(Pid, Exit, u64)>, Errno> {
    let mut status = 0;
    // SAFETY: a `rusage` is plain data, for which zeroes are a valid value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both outlive the call, which writes to them.
    let pid = unsafe { libc::wait4(-1, &raw mut status, libc::WNOHANG | libc::__WALL, &raw mut usage) };
    if Errno::result(pid)? == 0 {
        return Ok(None);
    }
    let exit = if libc::WIFSIGNALED(status) {
        Exit::Signal(libc::WTERMSIG(status))
    } else {
        Exit::Code(libc::WEXITSTATUS(status))
    };
    Ok(Some((Pid::from_raw(pid), exit, usage.ru_maxrss.cast_unsigned())))
}

fn signal_descendants(signal: Signal) {
    for process in tree::below(getpid().as_raw().cast_unsigned()) {
        let _ = kill(Pid::from_raw(process.pid.cast_signed()), signal);
    }
}

/// Kills until nobody is left. Orphans come to this process, so that whoever slipped through is its
/// child the next time round.
fn kill_descendants() {
    /// For the dying to be dead, in ms.
    const PAUSE: u8 = 2;
    loop {
        signal_descendants(Signal::SIGKILL);
        loop {
            match wait_any() {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(_no_children) => return,
            }
        }
        let _ = poll(&mut [], PAUSE);
    }
}
