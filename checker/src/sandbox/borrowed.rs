//! A folder of the host that is shown in a sandbox, though the sandbox's user may not be able to go there.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use nix::unistd::geteuid;

use super::mounts;

/// A folder, opened as the user who started the checker.
#[derive(Debug)]
pub(super) struct Borrowed {
    path: PathBuf,
    /// A copy of the mount, if this process was root: then the folder may stand in a home that the user who
    /// takes root's place can't enter.
    tree: Option<OwnedFd>,
}

impl Borrowed {
    /// To be called before root is given up.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let path = path.canonicalize()?;
        if !path.is_dir() {
            return Err(io::Error::from_raw_os_error(libc::ENOTDIR));
        }
        // Root of a container may not: then the path has to do.
        let tree = if geteuid().is_root() { open_tree(&path).ok() } else { None };
        Ok(Borrowed { path, tree })
    }

    /// Shows it at `to`, which is made; in this process's own mount namespace.
    pub(super) fn show(&self, to: &Path) -> io::Result<()> {
        match &self.tree {
            None => mounts::bind_dir(&self.path, to),
            Some(tree) => {
                std::fs::create_dir_all(to)?;
                move_mount(tree, to)
            }
        }
    }
}

fn open_tree(path: &Path) -> io::Result<OwnedFd> {
    let path = CString::new(path.as_os_str().as_bytes())?;
    let flags = libc::OPEN_TREE_CLONE | libc::OPEN_TREE_CLOEXEC | libc::AT_RECURSIVE as libc::c_uint;
    // SAFETY: the path outlives the call, which only reads it.
    match unsafe { libc::syscall(libc::SYS_open_tree, libc::AT_FDCWD, path.as_ptr(), flags) } {
        -1 => Err(io::Error::last_os_error()),
        // SAFETY: the kernel has just made this descriptor, and nobody else owns it.
        fd => Ok(unsafe { OwnedFd::from_raw_fd(fd as libc::c_int) }),
    }
}

fn move_mount(tree: &OwnedFd, to: &Path) -> io::Result<()> {
    let to = CString::new(to.as_os_str().as_bytes())?;
    // SAFETY: both paths outlive the call, which only reads them.
    let done = unsafe {
        libc::syscall(
            libc::SYS_move_mount,
            tree.as_raw_fd(),
            c"".as_ptr(),
            libc::AT_FDCWD,
            to.as_ptr(),
            libc::MOVE_MOUNT_F_EMPTY_PATH,
        )
    };
    if done == -1 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
