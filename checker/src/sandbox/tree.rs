//! The processes below a supervisor, from /proc.
//!
//! A process may end at any moment while it is read: it is then left out. One whose parent ends in the
//! meantime may be missed; the next look finds it with the supervisor, which inherits orphans.

use std::collections::HashMap;
use std::fs;

use super::procfs;

/// A process of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessInfo {
    /// As the runner sees it.
    pub pid: u32,
    /// As the process sees itself.
    pub inner_pid: u32,
    /// The parent, as the process sees it. Orphans have the supervisor: 1 on rung 3.
    pub inner_ppid: u32,
    /// Of the executable, cut at 15 bytes by the kernel; a program can change it.
    pub name: String,
    /// As in `ps`: `R` runs, `S` and `D` wait, `T` is stopped, `Z` has ended and was not waited for.
    pub state: char,
    pub threads: u32,
    /// Resident memory in KiB.
    pub rss_kib: u64,
}

impl ProcessInfo {
    /// Whether it has ended, and its parent has not taken notice.
    pub fn is_zombie(&self) -> bool {
        matches!(self.state, 'Z' | 'X')
    }
}

/// A process of a program, as far as one line of /proc tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// As the runner sees it.
    pub pid: u32,
    /// As [`ProcessInfo::state`].
    pub state: char,
    pub threads: u32,
    /// Started by the supervisor, or inherited from a process that has ended.
    pub of_supervisor: bool,
}

/// What `/proc/PID/stat` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stat {
    pub pid: u32,
    pub ppid: u32,
    pub name: String,
    pub state: char,
    pub threads: u32,
    pub rss_kib: u64,
}

/// All processes below `supervisor`, parents before their children.
pub(super) fn below(supervisor: u32) -> Vec<Stat> {
    let Some(children) = children(supervisor, 1) else { return below_by_search(supervisor) };
    let mut found: Vec<Stat> = children.into_iter().filter_map(read).collect();
    let mut next = 0;
    while let Some(process) = found.get(next) {
        let children = children_of(process);
        found.extend(children.into_iter().filter_map(read));
        next += 1;
    }
    found
}

/// The same as [`Member`]s.
pub(super) fn members(supervisor: u32) -> Vec<Member> {
    let member = |process: Stat| Member {
        pid: process.pid,
        state: process.state,
        threads: process.threads,
        of_supervisor: process.ppid == supervisor,
    };
    below(supervisor).into_iter().map(member).collect()
}

/// The same with the pids that the processes know of each other.
pub(super) fn describe(supervisor: u32) -> Vec<ProcessInfo> {
    let processes = below(supervisor);
    let mut inner: HashMap<u32, u32> = HashMap::from([(supervisor, inner_pid(supervisor))]);
    inner.extend(processes.iter().map(|process| (process.pid, inner_pid(process.pid))));
    let known = |pid: u32| inner.get(&pid).copied().unwrap_or(pid);
    processes
        .into_iter()
        .map(|process| ProcessInfo {
            pid: process.pid,
            inner_pid: known(process.pid),
            inner_ppid: known(process.ppid),
            name: process.name,
            state: process.state,
            threads: process.threads,
            rss_kib: process.rss_kib,
        })
        .collect()
}

fn children_of(process: &Stat) -> Vec<u32> {
    match process.threads {
        0 | 1 => children(process.pid, 1),
        many => children(process.pid, many),
    }
    .unwrap_or_default()
}

/// The kernel lists children by the thread that started them.
fn children(pid: u32, threads: u32) -> Option<Vec<u32>> {
    let of_thread = |tid: u32| procfs::read(format!("/proc/{pid}/task/{tid}/children")).ok();
    let mut found = parse_pids(&of_thread(pid)?);
    if threads > 1 {
        for tid in numbers_in(&format!("/proc/{pid}/task")).into_iter().filter(|tid| *tid != pid) {
            found.extend(parse_pids(&of_thread(tid).unwrap_or_default()));
        }
    }
    Some(found)
}

/// For kernels without lists of children, and for a /proc that hides the supervisor from the runner.
fn below_by_search(supervisor: u32) -> Vec<Stat> {
    let mut others: Vec<Stat> = numbers_in("/proc").into_iter().filter_map(read).collect();
    let mut found: Vec<Stat> = Vec::new();
    let mut parent = supervisor;
    let mut next = 0;
    loop {
        let (children, rest) = others.into_iter().partition(|process: &Stat| process.ppid == parent);
        others = rest;
        found.extend::<Vec<Stat>>(children);
        let Some(process) = found.get(next) else { return found };
        parent = process.pid;
        next += 1;
    }
}

fn numbers_in(dir: &str) -> Vec<u32> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

fn parse_pids(line: &str) -> Vec<u32> {
    line.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

fn read(pid: u32) -> Option<Stat> {
    parse_stat(&procfs::read(format!("/proc/{pid}/stat")).ok()?)
}

fn parse_stat(line: &str) -> Option<Stat> {
    // The name stands in parentheses and may hold some itself, and blanks.
    let (head, rest) = line.rsplit_once(") ")?;
    let (pid, name) = head.split_once(" (")?;
    let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
    let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
    Some(Stat {
        pid: pid.parse().ok()?,
        ppid: u32::try_from(field(4)?).ok()?,
        name: name.to_owned(),
        state: fields.first()?.chars().next()?,
        threads: u32::try_from(field(20)?).ok()?,
        rss_kib: field(24)? * page_kib(),
    })
}

fn page_kib() -> u64 {
    // SAFETY: takes a number only.
    let bytes = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    u64::try_from(bytes).unwrap_or(4096) / 1024
}

/// A process's own idea of its pid: the last of those that it has in nested namespaces. That of a
/// process which has ended is gone: it stays as it was for the host.
fn inner_pid(pid: u32) -> u32 {
    let status = procfs::read(format!("/proc/{pid}/status")).unwrap_or_default();
    parse_inner_pid(&status).unwrap_or(pid)
}

fn parse_inner_pid(status: &str) -> Option<u32> {
    let pids = status.lines().find_map(|line| line.strip_prefix("NSpid:"))?;
    pids.split_ascii_whitespace().last()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_anything() {
        let line = "17 (a) b (c) ) S 4 17 17 0 -1 4194560 97 0 0 0 0 0 0 0 20 0 3 0 5 2871296 256 18446744073709551615";
        let stat = parse_stat(line).unwrap();
        assert_eq!((stat.pid, stat.ppid, stat.name.as_str(), stat.state), (17, 4, "a) b (c) ", 'S'));
        assert_eq!((stat.threads, stat.rss_kib), (3, 256 * page_kib()));
    }

    #[test]
    fn the_innermost_pid_is_the_last() {
        assert_eq!(parse_inner_pid("Name:\tx\nNSpid:\t4711\t2\nNSpgid:\t1\n"), Some(2));
        assert_eq!(parse_inner_pid("Name:\tx\n"), None);
    }

    #[test]
    fn a_cut_line_is_nobody() {
        assert_eq!(parse_stat("17 (a) S 4"), None);
        assert_eq!(parse_stat(""), None);
    }
}
