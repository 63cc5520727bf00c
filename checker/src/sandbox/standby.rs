//! A supervisor with everything ready for a program, which it is told by [`Standby::start`].
//!
//! What can be made ready before the program is there costs no time afterwards: namespaces, root, and the
//! process itself, up to the call of `exec`.

use std::rc::Rc;

use nix::sys::signal::Signal;

use super::box_up;
use super::channel::Channel;
use super::child::{self, Child};
use super::error::{At, SandboxError};
use super::namespaces;
use super::orders::{Command, Orders, Terms};
use super::pipes::Pipes;
use super::process::Process;
use super::rung::Rung;
use super::scratch::Scratch;
use super::step::Step;
use super::supervisor;

/// Waits for its program. Dropped without one, it ends by itself.
#[derive(Debug)]
pub(super) struct Standby {
    rung: Rung,
    supervisor: Child,
    channel: Channel,
    scratch: Option<Rc<Scratch>>,
}

impl Standby {
    /// The `nth` of this sandbox, from 1.
    pub(super) fn new(terms: Terms, nth: u32) -> Result<Self, SandboxError> {
        let (channel, theirs) = Channel::pair().at(Step::Channel)?;
        let (rung, scratch) = (terms.rung, terms.scratch.clone());
        let mut own = 0;
        if rung.has_namespaces() {
            namespaces::allow_nested(nth);
            own = box_up::NAMESPACES;
        }
        let orders = Orders { terms, channel: theirs };
        let supervisor = child::start(own, || supervisor::run(orders)).at(Step::CloneSupervisor)?;
        Ok(Standby { rung, supervisor, channel, scratch })
    }

    /// Returns when the program has been executed; what keeps it from that is an error.
    pub(super) fn start(self, command: &Command) -> Result<Process, SandboxError> {
        let pipes = Pipes::new().at(Step::Channel)?;
        let Standby { rung, supervisor, channel, scratch } = self;
        if channel.start(command, &pipes.program).is_err() {
            // What it told before, or its end, is what is met below.
            child::signal(&supervisor.pidfd, Signal::SIGKILL);
        }
        // Otherwise the runner would never see the end of the program's output.
        drop(pipes.program);
        Process::meet(rung, supervisor, channel, pipes.runner, scratch)
    }
}
