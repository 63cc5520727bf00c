//! Everything that a supervisor needs to know, gathered by the runner before it starts one.

use std::ffi::CString;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::path::PathBuf;
use std::rc::Rc;

use super::channel::Channel;
use super::filter::Filter;
use super::landlock::Walls;
use super::limits::Limits;
use super::rung::Rung;
use super::scratch::Scratch;

/// What a supervisor is to start, and how.
#[derive(Debug)]
pub(super) struct Orders {
    pub rung: Rung,
    pub limits: Limits,
    /// Of each process, in bytes.
    pub address_space: u64,
    /// The program's path and arguments as it sees them; the first argument is the path.
    pub arguments: Vec<CString>,
    /// `NAME=VALUE`, and nothing of the runner's own.
    pub environment: Vec<CString>,
    /// The program's working folder as it sees it.
    pub dir: PathBuf,
    /// The program's ends of its standard streams.
    pub streams: [OwnedFd; 3],
    pub channel: Channel,
    /// On rungs 1 and 2.
    pub walls: Option<Walls>,
    /// From rung 1 on.
    pub filter: Option<Filter>,
    /// On rung 0: kept until the last process has ended.
    pub scratch: Option<Rc<Scratch>>,
}

impl Orders {
    /// The descriptors that a supervisor keeps.
    pub(super) fn descriptors(&self) -> Vec<RawFd> {
        let mut fds: Vec<RawFd> = self.streams.iter().map(AsRawFd::as_raw_fd).collect();
        fds.push(self.channel.fd().as_raw_fd());
        fds.extend(self.scratch.as_ref().and_then(|scratch| scratch.in_use()));
        fds
    }
}
