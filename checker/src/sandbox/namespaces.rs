//! The runner's own namespaces: users, network, mounts, and what else its programs share among them and with
//! nobody else.

use std::fs;

use nix::sched::{CloneFlags, unshare};
use nix::unistd::{getegid, geteuid};

use super::error::{At, SandboxError};
use super::loopback;
use super::step::Step;

/// Moves this single-threaded process into namespaces of its own, in which it is root and the network
/// is an empty loopback.
pub(super) fn enter() -> Result<(), SandboxError> {
    let (uid, gid) = (geteuid(), getegid());
    unshare(CloneFlags::CLONE_NEWUSER).at(Step::UserNamespace)?;
    // An unprivileged process may map its group only after it has forsworn setgroups.
    fs::write("/proc/self/setgroups", "deny").at(Step::UserMaps)?;
    fs::write("/proc/self/uid_map", format!("0 {uid} 1")).at(Step::UserMaps)?;
    fs::write("/proc/self/gid_map", format!("0 {gid} 1")).at(Step::UserMaps)?;
    let others = CloneFlags::CLONE_NEWIPC | CloneFlags::CLONE_NEWUTS | CloneFlags::CLONE_NEWCGROUP;
    unshare(CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS | others).at(Step::NetNamespace)?;
    loopback::up().at(Step::Loopback)
}

/// Lets no more than `count` user namespaces be made below this one: one for each program started. A
/// second wall behind the system call filter, so a host that forbids the write is not at fault.
pub(super) fn allow_nested(count: u32) {
    let _ = fs::write("/proc/sys/user/max_user_namespaces", count.to_string());
}
