//! Landlock: a process forswears files and ports, without namespaces and without any right.
//!
//! Raw, not by a library: what `checker doctor` tells is the kernel's own answer to each step.

use std::fs::OpenOptions;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// `LANDLOCK_ACCESS_FS_*`.
mod file {
    pub(super) const EXECUTE: u64 = 1;
    pub(super) const WRITE: u64 = 1 << 1;
    pub(super) const READ: u64 = 1 << 2;
    pub(super) const READ_DIR: u64 = 1 << 3;
    pub(super) const TRUNCATE: u64 = 1 << 14;
    pub(super) const IOCTL_DEV: u64 = 1 << 15;
    /// What can be said of something that is no folder.
    pub(super) const OF_FILES: u64 = EXECUTE | WRITE | READ | TRUNCATE | IOCTL_DEV;
    /// No special files, which first came to be told apart.
    pub(super) const MAKE_DEVICES: u64 = 1 << 6 | 1 << 11;
}
/// `LANDLOCK_ACCESS_NET_*`.
const BIND_TCP: u64 = 1;
const CONNECT_TCP: u64 = 1 << 1;
/// `LANDLOCK_SCOPE_*`: sockets without a file, and signals, of processes outside of this one's walls.
const SCOPES: u64 = 0b11;

const RULE_PATH: libc::c_int = 1;
const RULE_PORT: libc::c_int = 2;

/// What a kernel's version of Landlock knows.
const NET_SINCE: libc::c_long = 4;
const SCOPES_SINCE: libc::c_long = 6;

/// What every program may read and execute.
const SYSTEM: [&str; 7] = ["/usr", "/lib", "/lib32", "/lib64", "/bin", "/nix/store", "/gnu/store"];
/// What it may read beside: the loader's cache, and how names without a network are found.
const SETTINGS: [&str; 6] =
    ["/etc/ld.so.cache", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/passwd", "/etc/group"];
const DEVICES: [&str; 4] = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];

/// What a program is left with.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Walls {
    /// The programs' folder: to be read and executed.
    pub programs: PathBuf,
    /// The scenario's folder: to be used as it likes.
    pub dir: PathBuf,
    /// TCP ports to listen on and connect to; None where the whole network is its own.
    pub ports: Option<Vec<u16>>,
}

#[repr(C)]
struct RulesetAttr {
    files: u64,
    net: u64,
    scopes: u64,
}

#[repr(C, packed)]
struct PathRule {
    allowed: u64,
    below: libc::c_int,
}

#[repr(C)]
struct PortRule {
    allowed: u64,
    port: u64,
}

/// The kernel's version of Landlock, from 1; an error where it has none.
pub(super) fn version() -> io::Result<libc::c_long> {
    const ASK_VERSION: libc::c_uint = 1;
    // SAFETY: no pointer but a null one, of which no byte is read.
    let version = unsafe {
        libc::syscall(
            libc::SYS_landlock_create_ruleset,
            std::ptr::null::<RulesetAttr>(),
            0_usize,
            ASK_VERSION,
        )
    };
    if version < 1 { Err(io::Error::last_os_error()) } else { Ok(version) }
}

impl Walls {
    /// Puts them around this process for good. It has to have given up new privileges before.
    pub(super) fn put_up(&self) -> io::Result<()> {
        let version = version()?;
        let all = files_of(version);
        let ruleset = self.ruleset(version, all)?;
        let readable = (file::EXECUTE | file::READ | file::READ_DIR) & all;
        for path in SYSTEM {
            allow(&ruleset, Path::new(path), readable)?;
        }
        for path in SETTINGS {
            allow(&ruleset, Path::new(path), file::READ)?;
        }
        for path in DEVICES {
            allow(&ruleset, Path::new(path), (file::READ | file::WRITE | file::TRUNCATE) & all)?;
        }
        // Nothing of /proc: a rule holds for an inode, and the kernel makes those of /proc anew as it likes.
        allow(&ruleset, &self.programs, readable)?;
        allow(&ruleset, &self.dir, all & !file::MAKE_DEVICES & !file::IOCTL_DEV)?;
        if version >= NET_SINCE {
            // Port 0: one that the kernel chooses.
            for port in self.ports.iter().flatten().copied() {
                allow_port(&ruleset, port, BIND_TCP | CONNECT_TCP)?;
            }
            if self.ports.is_some() {
                allow_port(&ruleset, 0, BIND_TCP)?;
            }
        }
        // SAFETY: takes numbers only.
        match unsafe { libc::syscall(libc::SYS_landlock_restrict_self, ruleset.as_raw_fd(), 0) } {
            -1 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }

    fn ruleset(&self, version: libc::c_long, files: u64) -> io::Result<OwnedFd> {
        let net = if self.ports.is_some() { BIND_TCP | CONNECT_TCP } else { 0 };
        let attr = RulesetAttr { files, net, scopes: SCOPES };
        // An older kernel is given the part that it knows.
        let known = match version {
            ..NET_SINCE => 8,
            NET_SINCE..SCOPES_SINCE => 16,
            _ => size_of::<RulesetAttr>(),
        };
        // SAFETY: `attr` outlives the call, which reads so many bytes of it.
        match unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, &raw const attr, known, 0) } {
            -1 => Err(io::Error::last_os_error()),
            // SAFETY: the kernel has just made this descriptor, and nobody else owns it.
            fd => Ok(unsafe { OwnedFd::from_raw_fd(fd as libc::c_int) }),
        }
    }
}

/// Every right that this version tells apart.
fn files_of(version: libc::c_long) -> u64 {
    let rights = match version {
        1 => 13,
        2 => 14,
        3 | 4 => 15,
        _ => 16,
    };
    (1 << rights) - 1
}

/// What is not there needs no rule.
fn allow(ruleset: &OwnedFd, path: &Path, rights: u64) -> io::Result<()> {
    let opened = OpenOptions::new().read(true).custom_flags(libc::O_PATH | libc::O_CLOEXEC).open(path);
    let below = match opened {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => opened?,
    };
    let rights = if below.metadata()?.is_dir() { rights } else { rights & file::OF_FILES };
    let rule = PathRule { allowed: rights, below: below.as_raw_fd() };
    add(ruleset, RULE_PATH, (&raw const rule).cast())
}

fn allow_port(ruleset: &OwnedFd, port: u16, rights: u64) -> io::Result<()> {
    let rule = PortRule { allowed: rights, port: port.into() };
    add(ruleset, RULE_PORT, (&raw const rule).cast())
}

fn add(ruleset: &OwnedFd, kind: libc::c_int, rule: *const libc::c_void) -> io::Result<()> {
    // SAFETY: the callers' rules are laid out as the kernel reads this kind, and outlive the call.
    match unsafe { libc::syscall(libc::SYS_landlock_add_rule, ruleset.as_raw_fd(), kind, rule, 0) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}
