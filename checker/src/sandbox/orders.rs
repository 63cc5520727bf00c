//! What a supervisor is told: at its birth what holds for any program, and later which program it is.

use std::ffi::CString;
use std::os::fd::{AsRawFd, RawFd};
use std::path::PathBuf;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::channel::Channel;
use super::filter::Filter;
use super::landlock::Walls;
use super::limits::Limits;
use super::rung::Rung;
use super::scratch::Scratch;

/// What holds for all programs of a sandbox.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub rung: Rung,
    /// As in [`Limits::processes`].
    pub processes: u32,
    /// From rung 1 on.
    pub filter: Option<Filter>,
    /// On rung 0: kept until the last process has ended.
    pub scratch: Option<Rc<Scratch>>,
}

/// What a supervisor is born with.
#[derive(Debug)]
pub(super) struct Orders {
    pub terms: Terms,
    pub channel: Channel,
}

impl Orders {
    /// The descriptors that a supervisor keeps.
    pub(super) fn descriptors(&self) -> Vec<RawFd> {
        let mut fds = vec![self.channel.fd().as_raw_fd()];
        fds.extend(self.terms.scratch.as_ref().and_then(|scratch| scratch.in_use()));
        fds
    }
}

/// What to start, and how. The program's ends of its standard streams go with it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Command {
    pub limits: Limits,
    /// Of each process, in bytes.
    pub address_space: u64,
    /// The program's path and arguments as it sees them; the first argument is the path.
    pub arguments: Vec<CString>,
    /// `NAME=VALUE`, and nothing of the runner's own.
    pub environment: Vec<CString>,
    /// The program's working folder as it sees it.
    pub dir: PathBuf,
    /// On rungs 1 and 2.
    pub walls: Option<Walls>,
}
