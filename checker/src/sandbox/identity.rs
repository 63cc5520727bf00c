//! Giving up root, so that limits and permission bits bind.

use std::io;

use nix::errno::Errno;
use nix::sys::prctl;
use nix::unistd::{Gid, Uid, geteuid, setgroups, setresgid, setresuid};

use super::error::{At, SandboxError};
use super::parent::ParentSignal;
use super::step::Step;

/// The user and group that take root's place: "nobody".
pub(super) const UNPRIVILEGED: u32 = 65_534;

/// If this process is root, makes it an unprivileged user for good. The kernel holds root neither to a
/// number of processes nor to permission bits.
pub(super) fn drop_root() -> Result<(), SandboxError> {
    if !geteuid().is_root() {
        return Ok(());
    }
    let parent = ParentSignal::remember().at(Step::ParentSignal)?;
    match change_user() {
        // Root of a container that knows no such user: to the kernel outside it is not root anyway.
        Err(Errno::EINVAL) => return Ok(()),
        changed => changed.at(Step::DropRoot)?,
    }
    // Both are undone by a change of user: without the first, /proc/self belongs to root.
    prctl::set_dumpable(true).at(Step::DropRoot)?;
    parent.restore().at(Step::ParentSignal)
}

fn change_user() -> Result<(), Errno> {
    let (uid, gid) = (Uid::from_raw(UNPRIVILEGED), Gid::from_raw(UNPRIVILEGED));
    setresgid(gid, gid, gid)?;
    match setgroups(&[]) {
        // In a user namespace that denies setgroups there are no groups to speak of.
        Ok(()) | Err(Errno::EPERM) => {}
        Err(errno) => return Err(errno),
    }
    setresuid(uid, uid, uid)
}

/// Makes root's folder the unprivileged user's, where there is such a user.
pub(super) fn give_away(path: &std::path::Path) -> io::Result<()> {
    if !geteuid().is_root() {
        return Ok(());
    }
    match std::os::unix::fs::chown(path, Some(UNPRIVILEGED), Some(UNPRIVILEGED)) {
        Err(error) if error.raw_os_error() == Some(libc::EINVAL) => Ok(()),
        done => done,
    }
}
