//! A supervisor with everything ready for a program, which it is told by [`Standby::start`].
//!
//! What can be made ready before the program is there costs no time afterwards: namespaces, root, and the
//! process itself, up to the call of `exec`.

use nix::sys::signal::Signal;

use super::box_up;
use super::channel::{Channel, Order};
use super::child;
use super::error::{At, SandboxError};
use super::handle::Handle;
use super::namespaces;
use super::orders::{Command, Orders, Terms};
use super::pipes::Pipes;
use super::process::Process;
use super::step::Step;
use super::supervisor;

/// Waits for its program. Dropped without one, it ends by itself.
#[derive(Debug)]
pub(super) struct Standby {
    supervisor: Handle,
}

impl Standby {
    /// For the `nth` program of this sandbox, from 1.
    pub(super) fn new(terms: Terms, nth: u32) -> Result<Self, SandboxError> {
        let (channel, theirs) = Channel::pair().at(Step::Channel)?;
        let (rung, scratch) = (terms.rung, terms.scratch.clone());
        let mut own = 0;
        if rung.has_namespaces() {
            namespaces::allow_nested(nth);
            own = box_up::NAMESPACES;
        }
        let orders = Orders { terms, channel: theirs };
        let child = child::start(own, || supervisor::run(orders)).at(Step::CloneSupervisor)?;
        Ok(Standby { supervisor: Handle::new(rung, child, channel, scratch) })
    }

    /// The supervisor of a program that has ended, for the `nth` of this sandbox. None: it can't have another one.
    pub(super) fn again(over: &mut Process, nth: u32) -> Option<Self> {
        let supervisor = over.take_supervisor()?;
        namespaces::allow_nested(nth);
        supervisor.channel.order(&Order::Again).ok()?;
        Some(Standby { supervisor })
    }

    /// Returns when the program has been executed; what keeps it from that is an error.
    pub(super) fn start(self, command: &Command) -> Result<Process, SandboxError> {
        let pipes = Pipes::new().at(Step::Channel)?;
        let supervisor = self.supervisor;
        if supervisor.channel.start(command, &pipes.program).is_err() {
            // What it told before, or its end, is what is met below.
            child::signal(&supervisor.child.pidfd, Signal::SIGKILL);
        }
        // Otherwise the runner would never see the end of the program's output.
        drop(pipes.program);
        Process::meet(supervisor, pipes.runner)
    }
}
