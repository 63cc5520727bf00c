//! The moment at which a program is whole.

use std::ffi::OsString;
use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;

use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};

/// Waits for it: the linker gives a program its name when it has written all of it
/// (`llvm::FileOutputBuffer::commit`).
pub struct Arrival {
    events: Inotify,
    name: OsString,
}

impl Arrival {
    /// Of what these arguments tell the linker to make. None where that is not told, or can't be watched: then the
    /// linker's end tells.
    pub fn watch(arguments: &[OsString]) -> Option<Self> {
        let made = arguments.iter().skip_while(|word| *word != "-o").nth(1).map(Path::new)?;
        let events = Inotify::init(InitFlags::IN_CLOEXEC | InitFlags::IN_NONBLOCK).ok()?;
        events.add_watch(made.parent()?, AddWatchFlags::IN_MOVED_TO).ok()?;
        Some(Arrival { events, name: made.file_name()?.to_owned() })
    }

    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.events.as_fd()
    }

    pub fn has_come(&self) -> bool {
        let come = self.events.read_events().unwrap_or_default();
        come.iter().any(|event| event.name.as_ref() == Some(&self.name))
    }
}
