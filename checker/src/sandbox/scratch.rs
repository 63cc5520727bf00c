//! The folder of a scenario on rung 0, and the process that removes it.
//!
//! A runner that is killed can't tidy up. A janitor, started first, waits until runner and
//! supervisors have all ended: each holds the writing end of one pipe, and the janitor the reading one.

use std::fs::{self, File, Permissions};
use std::io::{self, Read};
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use nix::fcntl::OFlag;
use nix::sys::signal::{SigSet, SigmaskHow, sigprocmask};
use nix::unistd::{mkdtemp, pipe2, setsid};

use super::child::{self, Child};
use super::error::{At, SandboxError};
use super::identity;
use super::pipes;
use super::step::Step;

/// A folder that is gone when this is dropped, and also when the process ends without that.
#[derive(Debug)]
pub(super) struct Scratch {
    path: PathBuf,
    in_use: Option<OwnedFd>,
    janitor: Child,
}

impl Scratch {
    /// Makes a folder for the scenario's user alone, below `parent`.
    pub(super) fn make(parent: &Path) -> Result<Self, SandboxError> {
        let parent = fs::canonicalize(parent).at(Step::ScratchDir)?;
        let path = mkdtemp(&parent.join("checker-XXXXXX")).at(Step::ScratchDir)?;
        identity::give_away(&path).at(Step::ScratchDir)?;
        let (gone, in_use) = pipe2(OFlag::O_CLOEXEC).at(Step::Janitor)?;
        let doomed = path.clone();
        let janitor = child::start(0, move || clean_up_after(gone, &doomed)).at(Step::Janitor)?;
        Ok(Scratch { path, in_use: Some(in_use), janitor })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The descriptor that keeps the folder from being removed.
    pub(super) fn in_use(&self) -> Option<RawFd> {
        self.in_use.as_ref().map(AsRawFd::as_raw_fd)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.in_use = None;
        self.janitor.wait();
    }
}

/// The janitor's whole life.
fn clean_up_after(gone: OwnedFd, path: &Path) -> i32 {
    let kept = pipes::silence()
        .and_then(|()| pipes::close_all_but(&mut [gone.as_raw_fd()]))
        .and_then(|()| Ok(sigprocmask(SigmaskHow::SIG_SETMASK, Some(&SigSet::all()), None)?));
    // Out of the reach of signals to the runner's group.
    let _ = setsid();
    // Nobody writes: this returns when the last holder of the other end has ended.
    let waited = kept.and_then(|()| File::from(gone).read_to_end(&mut Vec::new()));
    i32::from(waited.is_err() || remove(path).is_err())
}

/// A program may have left folders that even their owner may not change.
fn remove(path: &Path) -> io::Result<()> {
    fs::remove_dir_all(path).or_else(|_| {
        unlock(path);
        fs::remove_dir_all(path)
    })
}

fn unlock(dir: &Path) {
    let _ = fs::set_permissions(dir, Permissions::from_mode(0o700));
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        // Of the entry itself: a symbolic link is not followed.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            unlock(&entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_folder_is_removed_all_the_same() {
        let parent = tempfile::tempdir().unwrap();
        let locked = parent.path().join("a/b");
        fs::create_dir_all(&locked).unwrap();
        fs::write(locked.join("file"), "x").unwrap();
        fs::set_permissions(&locked, Permissions::from_mode(0o555)).unwrap();
        fs::set_permissions(parent.path().join("a"), Permissions::from_mode(0o000)).unwrap();
        remove(&parent.path().join("a")).unwrap();
        assert!(!parent.path().join("a").exists());
    }
}
