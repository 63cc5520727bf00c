//! The root that programs see on rung 3: the system's libraries, four devices, their own files.
//!
//! The same root, furnished otherwise, is the compiler's: see [`workshop`](super::workshop).

use std::ffi::CString;
use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};

use nix::mount::{MntFlags, umount2};
use nix::unistd::{chdir, pivot_root};

use super::error::{At, SandboxError};
use super::limits::Limits;
use super::mounts;
use super::programs::{Kept, Programs};
use super::step::Step;

/// Where the new root is made: over the host's /tmp, in the runner's own mount namespace, so that the host sees
/// nothing of it.
const SITE: &str = "/tmp";
/// The scenario's folder.
pub(super) const WORK: &str = "/work";
/// The folder of the programs.
pub(super) const PROGRAM: &str = "/program";

/// What a dynamically linked program needs; those that are symbolic links here are so in the new root.
const SYSTEM: [&str; 7] = ["usr", "lib", "lib32", "lib64", "bin", "nix/store", "gnu/store"];
/// The loader's cache, which saves it a search.
const LOADER_CACHE: &str = "etc/ld.so.cache";
const DEVICES: [&str; 4] = ["null", "zero", "random", "urandom"];
const DEVICE_LINKS: [(&str, &str); 4] = [
    ("dev/fd", "/proc/self/fd"),
    ("dev/stdin", "/proc/self/fd/0"),
    ("dev/stdout", "/proc/self/fd/1"),
    ("dev/stderr", "/proc/self/fd/2"),
];
/// Names without a network to ask. 1000 is the user that a program believes itself to be.
const ETC: [(&str, &str); 5] = [
    ("etc/hosts", "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n"),
    // Without it a name has one address, the first.
    ("etc/host.conf", "multi on\n"),
    ("etc/passwd", "student:x:1000:1000:student:/work:/bin/sh\n"),
    ("etc/group", "student:x:1000:\n"),
    ("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"),
];
/// Room in the root, and in the folder of the programs beside these, in bytes; files in each.
const ROOM: u64 = 1 << 20;
const FILES: u32 = 1024;
/// Files that a scenario's programs may create.
const SCRATCH_FILES: u32 = 16_384;

/// Builds the root, read-only, in the runner's mount namespace, and changes to it. Every supervisor gets a copy of
/// that namespace, so that the programs of one scenario share their folder; with nothing of the host in it
/// the copy is small. Scenario and programs may be put there afterwards, by [`Store::furnish`].
pub(super) fn build() -> Result<Store, SandboxError> {
    raise(0, 0, |_| Ok(()))?;
    let folder = Path::new(PROGRAM);
    mounts::tmpfs(folder, ROOM, FILES).at(Step::MountRoot)?;
    let writable = File::open(folder).at(Step::MountRoot)?;
    // Over the mount that can be written to, which only this descriptor still leads to.
    mounts::bind_dir(folder, folder).at(Step::MountRoot)?;
    mounts::seal(folder).at(Step::SealRoot)?;
    scratch(ROOM)?;
    Ok(Store { writable, kept: Kept::default() })
}

/// The folders of the root that become a scenario's own.
#[derive(Debug)]
pub(super) struct Store {
    /// The folder of the programs, which is read-only by its path.
    writable: File,
    /// The programs that are there from an earlier scenario.
    kept: Kept,
}

impl Store {
    /// Puts the programs into theirs, those that are not there yet, and makes room in the scenario's.
    pub(super) fn furnish(&mut self, limits: &Limits, programs: Programs) -> Result<(), SandboxError> {
        let folder = PathBuf::from(format!("/proc/self/fd/{}", self.writable.as_raw_fd()));
        let new = self.kept.add(programs, &folder)?;
        if !new.opened.is_empty() {
            mounts::resize(&folder, self.kept.bytes() + ROOM).at(Step::MountRoot)?;
            new.copy_to(&folder)?;
        }
        mounts::resize(Path::new(WORK), room(limits)).at(Step::MountScratch)
    }
}

/// Makes the scenario's folder as it was at first. False: in place of the old one there is a new one, which no
/// supervisor sees that was made before.
pub(super) fn clear_scratch() -> Result<bool, SandboxError> {
    let folder = Path::new(WORK);
    // What can't be taken away is seen below.
    let _ = remove_files(folder);
    let untouched = is_untouched(folder).at(Step::MountScratch)?;
    if !untouched {
        umount2(WORK, MntFlags::MNT_DETACH).at(Step::MountScratch)?;
        scratch(ROOM)?;
    }
    Ok(untouched)
}

/// Removes a few files of a folder, which is all that most scenarios leave: a new folder is dearer than that, but not
/// than many. Stops at what is no file.
fn remove_files(folder: &Path) -> io::Result<()> {
    const FEW: usize = 8;
    fs::read_dir(folder)?.take(FEW).try_for_each(|entry| fs::remove_file(entry?.path()))
}

/// Whether a folder is empty and has the owner and the rights that it was made with, and no list of others'.
fn is_untouched(folder: &Path) -> io::Result<bool> {
    let found = fs::metadata(folder)?;
    let as_made = (found.mode() & 0o7777, found.uid(), found.gid()) == (0o755, 0, 0);
    let path = CString::new(folder.as_os_str().as_bytes())?;
    // SAFETY: the path outlives the call, which writes nothing where there is no room.
    let lists = unsafe { libc::listxattr(path.as_ptr(), std::ptr::null_mut(), 0) };
    Ok(as_made && lists == 0 && fs::read_dir(folder)?.next().is_none())
}

/// The same, with room for so many bytes and files more, which `furnish` puts there.
pub(super) fn raise(
    bytes: u64,
    files: u32,
    furnish: impl FnOnce(&Path) -> Result<(), SandboxError>,
) -> Result<(), SandboxError> {
    let root = Path::new(SITE);
    mounts::make_private().at(Step::PrivateMounts)?;
    mounts::tmpfs(root, ROOM + bytes, FILES + files).at(Step::MountRoot)?;
    fill(root).at(Step::FillRoot)?;
    furnish(root)?;
    bind_system(root).at(Step::BindSystem)?;
    mounts::seal(root).at(Step::SealRoot)?;
    // After the seal, which would forbid devices and writing.
    for device in DEVICES {
        let device = Path::new("dev").join(device);
        mounts::bind_file(&Path::new("/").join(&device), &root.join(&device)).at(Step::BindDevices)?;
    }
    // For the runner; a supervisor mounts its own over it, which the kernel allows only where one is in sight.
    mounts::bind_dir(Path::new("/proc"), &root.join("proc")).at(Step::MountProc)?;
    change_to(root).at(Step::PivotRoot)
}

/// Nothing of the old root is left.
fn change_to(root: &Path) -> nix::Result<()> {
    chdir(root)?;
    // The old root lands on top of the new one and is taken off again.
    pivot_root(".", ".")?;
    umount2(".", MntFlags::MNT_DETACH)?;
    chdir("/")
}

/// Mounts the one folder that may be written to, with room for so many bytes.
pub(super) fn scratch(bytes: u64) -> Result<(), SandboxError> {
    mounts::tmpfs(Path::new(WORK), bytes, SCRATCH_FILES).at(Step::MountScratch)
}

/// Room for files, in bytes.
pub(super) fn room(limits: &Limits) -> u64 {
    u64::from(limits.files_mib) << 20
}

fn fill(root: &Path) -> io::Result<()> {
    for dir in ["dev", "etc", "proc", &WORK[1..], &PROGRAM[1..]] {
        fs::create_dir(root.join(dir))?;
    }
    for device in DEVICES {
        mounts::make_target(&root.join("dev").join(device))?;
    }
    for (link, target) in DEVICE_LINKS {
        symlink(target, root.join(link))?;
    }
    // For programs that do not ask where temporary files belong.
    symlink(WORK, root.join("tmp"))?;
    for (file, text) in ETC {
        fs::write(root.join(file), text)?;
    }
    Ok(())
}

fn bind_system(root: &Path) -> io::Result<()> {
    for name in SYSTEM {
        let (host, here) = (Path::new("/").join(name), root.join(name));
        match fs::symlink_metadata(&host) {
            Ok(found) if found.is_symlink() => symlink(fs::read_link(&host)?, here)?,
            Ok(found) if found.is_dir() => mounts::bind_dir(&host, &here)?,
            _ => {}
        }
    }
    let cache = Path::new("/").join(LOADER_CACHE);
    if cache.is_file() {
        mounts::make_target(&root.join(LOADER_CACHE))?;
        mounts::bind_file(&cache, &root.join(LOADER_CACHE))?;
    }
    Ok(())
}
