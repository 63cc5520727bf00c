//! A supervisor, as the runner holds it: with a program or without.

use std::io;
use std::mem;
use std::os::fd::{AsFd, AsRawFd};
use std::rc::Rc;

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, poll};
use nix::sys::signal::Signal;
use nix::sys::socket::{MsgFlags, Shutdown, shutdown};

use super::channel::{Channel, Order, Report};
use super::child::{self, Child};
use super::process::Event;
use super::rung::Rung;
use super::scratch::Scratch;

/// Dropped, it has ended its program, and the supervisor ends by itself.
#[derive(Debug)]
pub(super) struct Handle {
    pub rung: Rung,
    pub child: Child,
    pub channel: Channel,
    /// Processes of a program may be left.
    pub at_work: bool,
    /// Dropped after the end of all processes, which it waits for.
    _scratch: Option<Rc<Scratch>>,
}

impl Handle {
    /// Of a supervisor without a program.
    pub(super) fn new(rung: Rung, child: Child, channel: Channel, scratch: Option<Rc<Scratch>>) -> Self {
        Handle { rung, child, channel, at_work: false, _scratch: scratch }
    }

    /// In the runner's namespace.
    pub(super) fn pid(&self) -> u32 {
        self.child.pid.as_raw().cast_unsigned()
    }

    /// Waits until the supervisor has something to say. A program with the same user may have stopped it
    /// before it could tell that the program runs.
    pub(super) fn await_report(&self) -> io::Result<()> {
        /// In ms.
        const AGAIN: u8 = 100;
        loop {
            match poll(&mut [PollFd::new(self.channel.fd().as_fd(), PollFlags::POLLIN)], AGAIN) {
                Ok(0) => child::signal(&self.child.pidfd, Signal::SIGCONT),
                Ok(_) => return Ok(()),
                Err(Errno::EINTR) => {}
                Err(errno) => return Err(errno.into()),
            }
        }
    }

    /// Kills every process of the program, and returns when none is left. What the supervisor has to say of it is
    /// lost.
    pub(super) fn end_program(&mut self) {
        if !mem::take(&mut self.at_work) {
            return;
        }
        if !self.rung.has_namespaces() {
            let _ = shutdown(self.channel.fd().as_raw_fd(), Shutdown::Write);
            // A program with the same user may have stopped its supervisor.
            child::signal(&self.child.pidfd, Signal::SIGCONT);
            self.child.wait();
        } else if !self.empties() {
            self.kill();
        }
    }

    /// Has all processes below the supervisor killed; whether it says that none is left.
    fn empties(&self) -> bool {
        if self.channel.order(&Order::Signal(Signal::SIGKILL)).is_err() {
            return false;
        }
        loop {
            match self.channel.next_report(MsgFlags::empty()) {
                Ok(Some(Report::Event(Event::Exited { .. }))) => {}
                Ok(Some(Report::Event(Event::Empty))) => return true,
                _ => return false,
            }
        }
    }

    /// The end of the supervisor itself: as PID 1 it is complete when the whole namespace is empty.
    pub(super) fn kill(&mut self) {
        self.at_work = false;
        child::signal(&self.child.pidfd, Signal::SIGKILL);
        self.child.wait();
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.end_program();
    }
}
