//! Mounting, in the few ways that the sandbox needs.

use std::ffi::CString;
use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use nix::mount::{MsFlags, mount};

/// No mount that is made from now on reaches the host, and none of the host's reaches us.
pub(super) fn make_private() -> io::Result<()> {
    Ok(mount(None::<&str>, "/", None::<&str>, MsFlags::MS_REC | MsFlags::MS_PRIVATE, None::<&str>)?)
}

/// An empty file system in memory, of so many bytes and files at most.
///
/// What is written at one go is kept in pages that belong together, where the kernel can (Linux 6.14, tmpfs(5), `huge`):
/// 256 MiB by 64 KiB were written in a third of the time, and a program of half a MiB copied and started in two
/// thirds. Not in those of 2 MiB, which `huge=always` takes: where a hypervisor takes back what is free, to have one
/// again costs more than filling it with small ones.
pub(super) fn tmpfs(at: &Path, bytes: u64, files: u32) -> io::Result<()> {
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV;
    let plain = format!("size={bytes},nr_inodes={files},mode=0755");
    let with = |options: &str| mount(Some("tmpfs"), at, Some("tmpfs"), flags, Some(options));
    // A kernel without large pages does not know the word.
    Ok(with(&format!("{plain},huge=within_size")).or_else(|_| with(&plain))?)
}

/// Gives one that [`tmpfs`] made room for so many bytes, wherever it is mounted beside.
pub(super) fn resize(at: &Path, bytes: u64) -> io::Result<()> {
    let flags = MsFlags::MS_REMOUNT | MsFlags::MS_NOSUID | MsFlags::MS_NODEV;
    Ok(mount(None::<&str>, at, None::<&str>, flags, Some(format!("size={bytes}").as_str()))?)
}

/// Shows a folder, with what is mounted below it, in a second place.
pub(super) fn bind_dir(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    Ok(mount(Some(from), to, None::<&str>, MsFlags::MS_BIND | MsFlags::MS_REC, None::<&str>)?)
}

/// Shows a file or device in a second place, where a file stands already.
pub(super) fn bind_file(from: &Path, to: &Path) -> io::Result<()> {
    Ok(mount(Some(from), to, None::<&str>, MsFlags::MS_BIND, None::<&str>)?)
}

/// An empty file for [`bind_file`] to cover.
pub(super) fn make_target(at: &Path) -> io::Result<()> {
    File::create(at).map(drop)
}

/// Makes `at` and everything mounted below it read-only, without setuid programs and devices.
///
/// `mount_setattr` only adds to the flags: a remount by `mount` would have to repeat those that the
/// host has locked, and would not reach mounts below.
pub(super) fn seal(at: &Path) -> io::Result<()> {
    let path = CString::new(at.as_os_str().as_bytes())?;
    let attributes = libc::mount_attr {
        attr_set: libc::MOUNT_ATTR_RDONLY | libc::MOUNT_ATTR_NOSUID | libc::MOUNT_ATTR_NODEV,
        attr_clr: 0,
        propagation: 0,
        userns_fd: 0,
    };
    // SAFETY: path and attributes outlive the call, which reads the given size of the latter.
    let done = unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            libc::AT_FDCWD,
            path.as_ptr(),
            libc::AT_RECURSIVE,
            &raw const attributes,
            size_of_val(&attributes),
        )
    };
    if done == -1 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
