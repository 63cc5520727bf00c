//! Who has to wait when there are more who want a processor than there are processors.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

use nix::unistd::Pid;

/// The lowest priority there is, setpriority(2).
const LOWEST: libc::c_int = 19;

/// Has `command` start something that is to run only while nobody else wants its processor (sched(7),
/// `SCHED_IDLE`), until [`as_usual`].
pub fn when_idle(command: &mut Command) {
    // SAFETY: the closure makes one system call and allocates nothing.
    unsafe {
        // That it can't be put off is no reason not to start it.
        command.pre_exec(|| drop_error(set_policy(0, libc::SCHED_IDLE)));
    }
}

/// From here on it runs as everybody does.
pub fn as_usual(child: &Child) {
    drop(set_policy(child.id().cast_signed(), libc::SCHED_OTHER));
}

/// What a group of processes still does is of no use to anybody: it is about to be killed, and the kernel takes back
/// its memory in its own time.
pub fn last(group: Pid) {
    // SAFETY: takes numbers only.
    unsafe { libc::setpriority(libc::PRIO_PGRP, group.as_raw().cast_unsigned(), LOWEST) };
}

fn set_policy(pid: libc::pid_t, policy: libc::c_int) -> io::Result<()> {
    // SAFETY: plain data, for which zeroes are a valid value: the priority of these policies.
    let parameters: libc::sched_param = unsafe { std::mem::zeroed() };
    // SAFETY: the parameters outlive the call, which reads them.
    match unsafe { libc::sched_setscheduler(pid, policy, &raw const parameters) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

fn drop_error(result: io::Result<()>) -> io::Result<()> {
    drop(result);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The policy, and the nice value: fields 41 and 19 of proc_pid_stat(5).
    fn of(child: &Child) -> (libc::c_int, libc::c_int) {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
        let fields: Vec<_> = stat.rsplit(") ").next().unwrap().split(' ').collect();
        (fields[41 - 3].parse().unwrap(), fields[19 - 3].parse().unwrap())
    }

    #[test]
    fn it_is_put_off_until_it_is_needed_and_when_it_no_longer_is() {
        let mut command = Command::new("sleep");
        when_idle(command.arg("3600").process_group(0));
        let mut child = command.spawn().unwrap();
        assert_eq!(of(&child).0, libc::SCHED_IDLE);
        as_usual(&child);
        assert_eq!(of(&child), (libc::SCHED_OTHER, 0));
        last(Pid::from_raw(child.id().cast_signed()));
        assert_eq!(of(&child).1, LOWEST);
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
