//! Dying when the parent does.

use std::io;

use nix::sys::prctl;
use nix::sys::signal::Signal;
use nix::unistd::{Pid, getppid};

/// Has the kernel kill this process when the process `parent` ends, in whatever way. Fails if the
/// parent has ended already; then the caller should end too.
///
/// The kernel watches the *thread* that started this process: in the parent, that thread has to live
/// as long as the scenario does.
pub fn die_with_parent(parent: u32) -> io::Result<()> {
    prctl::set_pdeathsig(Signal::SIGKILL)?;
    if getppid().as_raw().cast_unsigned() != parent {
        return Err(io::Error::other("the parent has ended"));
    }
    Ok(())
}

/// The arrangement made by [`die_with_parent`], which the kernel drops when a process changes its user.
pub(super) struct ParentSignal {
    signal: Option<Signal>,
    parent: Pid,
}

impl ParentSignal {
    pub(super) fn remember() -> io::Result<Self> {
        Ok(ParentSignal { signal: prctl::get_pdeathsig()?, parent: getppid() })
    }

    /// Makes it again. Fails if the parent ended in between.
    pub(super) fn restore(self) -> io::Result<()> {
        match self.signal {
            Some(_) => die_with_parent(self.parent.as_raw().cast_unsigned()),
            None => Ok(()),
        }
    }
}
