//! The processes below a supervisor, from /proc.
//!
//! A process may end at any moment while it is read: it is then left out. One whose parent ends in the
//! meantime may be missed; the next look finds it with the supervisor, which inherits orphans.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::Path;

use nix::dir::Dir;

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
    /// In clock ticks after boot. With the pid it tells a process from all that ever were.
    pub started: u64,
    pub rss_kib: u64,
}

/// The processes below a supervisor, and what is known of them so far.
///
/// To walk down the lists of children is to look at every thread, and of each thing that was looked at, /proc keeps an
/// entry until the thread ends. While those are put away, whoever waits for the end of the process is kept busy, for
/// milliseconds where the other is not given a processor (`shrink_dcache_parent` of the kernel's fs/dcache.c). So it is
/// the /proc of the namespace that tells who is there, where that can be had, and what was looked at is kept open.
#[derive(Debug)]
pub(super) struct Tree {
    supervisor: u32,
    /// The supervisor's own PID namespace: its /proc, and itself.
    namespace: Option<(RefCell<Dir>, OwnedFd)>,
    known: RefCell<Vec<Known>>,
}

/// A PID namespace in which a supervisor is the first process.
#[derive(Debug)]
pub(super) struct Namespace {
    /// Its /proc.
    pub proc: OwnedFd,
    /// Itself, as pid_namespaces(7) have it.
    pub pids: OwnedFd,
}

impl Namespace {
    /// That of this process, for the runner, who may not look into this process's folder in /proc.
    pub(super) fn own() -> io::Result<Namespace> {
        Ok(Namespace { proc: File::open("/proc")?.into(), pids: File::open("/proc/self/ns/pid")?.into() })
    }
}

/// A process that was seen before.
#[derive(Debug)]
struct Known {
    pid: u32,
    inner_pid: u32,
    /// None: not looked at yet.
    started: Option<u64>,
    /// `/proc/PID/stat`, once it was looked at.
    stat: Option<File>,
}

impl Known {
    fn new(pid: u32, inner_pid: u32, started: Option<u64>) -> Self {
        Known { pid, inner_pid, started, stat: None }
    }

    /// None: it has ended.
    fn look(&mut self) -> Option<Stat> {
        let stat = match &self.stat {
            Some(stat) => stat,
            None => self.stat.insert(File::open(format!("/proc/{}/stat", self.pid)).ok()?),
        };
        let stat = parse_stat(&procfs::reread(stat).ok()?)?;
        (*self.started.get_or_insert(stat.started) == stat.started).then_some(stat)
    }
}

/// The supervisor's pid in a namespace of its own.
const INIT: u32 = 1;

impl Tree {
    /// Below `supervisor`, which has started the process `pid`, whose own idea of its pid is `inner_pid`.
    /// In `namespace` all others are below the supervisor.
    pub(super) fn new(supervisor: u32, namespace: Option<Namespace>, pid: u32, inner_pid: u32) -> Self {
        let namespace = namespace
            .and_then(|Namespace { proc, pids }| Some((RefCell::new(Dir::from_fd(proc).ok()?), pids)));
        Tree { supervisor, namespace, known: RefCell::new(vec![Known::new(pid, inner_pid, None)]) }
    }

    /// All processes at this moment, parents before their children.
    pub(super) fn stats(&self) -> Vec<Stat> {
        self.by_list().unwrap_or_else(|| self.by_walk())
    }

    pub(super) fn members(&self) -> Vec<Member> {
        let member = |process: Stat| Member {
            pid: process.pid,
            state: process.state,
            threads: process.threads,
            of_supervisor: process.ppid == self.supervisor,
        };
        self.stats().into_iter().map(member).collect()
    }

    /// The same with the pids that the processes know of each other.
    pub(super) fn describe(&self) -> Vec<ProcessInfo> {
        let processes = self.stats();
        let known = self.known.borrow();
        let inner = |pid: u32| {
            let process = known.iter().find(|known| known.pid == pid);
            process.map_or_else(|| inner_pid(pid), |process| process.inner_pid)
        };
        let info = |process: Stat| ProcessInfo {
            pid: process.pid,
            inner_pid: inner(process.pid),
            inner_ppid: inner(process.ppid),
            name: process.name,
            state: process.state,
            threads: process.threads,
            rss_kib: process.rss_kib,
        };
        processes.into_iter().map(info).collect()
    }

    /// None: some process has ended while it was looked at, or nothing lists them.
    pub(super) fn by_list(&self) -> Option<Vec<Stat>> {
        let (proc, pids) = self.namespace.as_ref()?;
        let mut proc = proc.borrow_mut();
        let entries = proc.iter().collect::<Result<Vec<_>, _>>().ok()?;
        let numbers = entries.iter().filter_map(|entry| entry.file_name().to_str().ok()?.parse().ok());
        let listed: Vec<u32> = numbers.filter(|pid| *pid != INIT).collect();
        let mut known = self.known.borrow_mut();
        known.retain(|process| listed.contains(&process.inner_pid));
        for inner_pid in listed {
            if !known.iter().any(|process| process.inner_pid == inner_pid) {
                known.push(Known::new(pid_of(inner_pid, pids)?, inner_pid, None));
            }
        }
        known.iter_mut().map(Known::look).collect()
    }

    fn by_walk(&self) -> Vec<Stat> {
        let found = below(self.supervisor);
        let mut known = self.known.borrow_mut();
        let before = std::mem::take(&mut *known);
        *known = found
            .iter()
            .map(|stat| {
                // One that has ended has lost its pid inside.
                let same = |known: &&Known| {
                    known.pid == stat.pid && known.started.is_none_or(|started| started == stat.started)
                };
                let inner_pid =
                    before.iter().find(same).map_or_else(|| inner_pid(stat.pid), |known| known.inner_pid);
                Known::new(stat.pid, inner_pid, Some(stat.started))
            })
            .collect();
        found
    }
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

/// The pid here of a process that has the pid `inner_pid` in the namespace `pids`, by `NS_GET_TGID_FROM_PIDNS` of
/// linux/nsfs.h. None: there is none any more, or the kernel is older than 6.11.
fn pid_of(inner_pid: u32, pids: &OwnedFd) -> Option<u32> {
    nix::ioctl_write_int_bad!(tgid_from_pidns, nix::request_code_read!(0xb7, 0x7, size_of::<libc::c_int>()));
    // SAFETY: the descriptor is open, and the kernel takes the number by its value.
    let pid = unsafe { tgid_from_pidns(pids.as_raw_fd(), inner_pid.cast_signed()) }.ok()?;
    u32::try_from(pid).ok().filter(|pid| *pid > 0)
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
        let threads = numbers_in(format!("/proc/{pid}/task")).unwrap_or_default();
        for tid in threads.into_iter().filter(|tid| *tid != pid) {
            found.extend(parse_pids(&of_thread(tid).unwrap_or_default()));
        }
    }
    Some(found)
}

/// For kernels without lists of children, and for a /proc that hides the supervisor from the runner.
fn below_by_search(supervisor: u32) -> Vec<Stat> {
    let mut others: Vec<Stat> = numbers_in("/proc").into_iter().flatten().filter_map(read).collect();
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

/// None: it can't be read.
fn numbers_in(dir: impl AsRef<Path>) -> Option<Vec<u32>> {
    let entries = fs::read_dir(dir).ok()?;
    Some(entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect())
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
        started: field(22)?,
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
        assert_eq!((stat.threads, stat.started, stat.rss_kib), (3, 5, 256 * page_kib()));
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
