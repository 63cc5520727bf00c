//! The moment at which a program is whole.

use std::ffi::OsString;
use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;
use std::thread;

use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};

/// Waits for it: the linker gives a program its name when it has written all of it
/// (`llvm::FileOutputBuffer::commit`).
pub struct Arrival {
    /// None only while it is dropped.
    events: Option<Inotify>,
    name: OsString,
}

impl Arrival {
    /// Of what these arguments tell the linker to make. None where that is not told, or can't be watched: then the
    /// linker's end tells.
    pub fn watch(arguments: &[OsString]) -> Option<Self> {
        let made = arguments.iter().skip_while(|word| *word != "-o").nth(1).map(Path::new)?;
        let events = Inotify::init(InitFlags::IN_CLOEXEC | InitFlags::IN_NONBLOCK).ok()?;
        events.add_watch(made.parent()?, AddWatchFlags::IN_MOVED_TO).ok()?;
        Some(Arrival { events: Some(events), name: made.file_name()?.to_owned() })
    }

    pub fn as_fd(&self) -> Option<BorrowedFd<'_>> {
        self.events.as_ref().map(AsFd::as_fd)
    }

    pub fn has_come(&self) -> bool {
        let come = self.events.as_ref().and_then(|events| events.read_events().ok()).unwrap_or_default();
        come.iter().any(|event| event.name.as_ref() == Some(&self.name))
    }
}

impl Drop for Arrival {
    /// The kernel closes such a descriptor when nobody can look at its marks any more
    /// (`fsnotify_wait_marks_destroyed`), which was seen to take 6 to 20 ms on idle processors: nobody has to wait
    /// for that, least of all the program that has just been made.
    fn drop(&mut self) {
        let events = self.events.take();
        drop(thread::Builder::new().spawn(|| drop(events)));
    }
}
