//! What `/proc` tells of processes: their sockets, and how long they waited for a processor.

use std::collections::HashSet;
use std::fs;
use std::time::Duration;

use crate::sandbox::procfs;

/// Inodes of the sockets that a process holds; empty where the process is gone.
pub fn socket_inodes(pid: u32) -> HashSet<u32> {
    let Ok(entries) = fs::read_dir(format!("/proc/{pid}/fd")) else { return HashSet::new() };
    entries
        .flatten()
        .filter_map(|entry| fs::read_link(entry.path()).ok())
        .filter_map(|target| target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok())
        .collect()
}

/// What a thread has had of the processors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turns {
    /// On one of them.
    pub ran: Duration,
    /// Ready to run, and waiting for one.
    pub delayed: Duration,
}

/// That of each thread of a process: the first two figures of `/proc/PID/task/TID/schedstat` (the kernel's
/// Documentation/scheduler/sched-stats).
pub fn turns(pid: u32) -> Vec<(u32, Turns)> {
    let Ok(tasks) = fs::read_dir(format!("/proc/{pid}/task")) else { return Vec::new() };
    tasks
        .flatten()
        .filter_map(|task| {
            let tid = task.file_name().to_str()?.parse().ok()?;
            let stat = procfs::read(task.path().join("schedstat")).ok()?;
            let mut figures = stat.split_ascii_whitespace().map(str::parse);
            let mut next = || Some(Duration::from_nanos(figures.next()?.ok()?));
            Some((tid, Turns { ran: next()?, delayed: next()? }))
        })
        .collect()
}

/// The most memory that a process ever had resident, in KiB (`VmHWM` of proc_pid_status(5)); 0 where
/// it has ended.
pub fn peak_kib(pid: u32) -> u64 {
    let status = procfs::read(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_ascii_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Whether a process is on its way out: its sockets may be closed before it can be waited for.
pub fn is_exiting(pid: u32) -> bool {
    /// `PF_EXITING` of the kernel's linux/sched.h.
    const EXITING: u64 = 0x4;
    let Ok(stat) = procfs::read(format!("/proc/{pid}/stat")) else { return true };
    let mut fields = stat.rsplit(')').next().unwrap_or_default().split_ascii_whitespace();
    let state = fields.next().unwrap_or("X");
    // The flags are field 9 of proc_pid_stat(5); the state was field 3.
    let flags = fields.nth(5).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    matches!(state, "Z" | "X") || flags & EXITING != 0
}

#[cfg(test)]
mod tests {
    use std::net::UdpSocket;

    use super::*;

    #[test]
    fn own_sockets_and_turns_are_found() {
        let before = socket_inodes(std::process::id());
        let _socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        assert!(socket_inodes(std::process::id()).len() > before.len());
        let own = turns(std::process::id());
        assert!(own.iter().any(|(_, turns)| turns.ran > Duration::ZERO));
        assert!(peak_kib(std::process::id()) > 100 && !is_exiting(std::process::id()));
        assert!(is_exiting(u32::MAX));
        assert!(socket_inodes(u32::MAX).is_empty() && turns(u32::MAX).is_empty());
    }
}
