//! Whether a program rests: every thread of it waits, without a limit of time, for something that only
//! the checker can bring. Then nothing more can come of it, and there is nothing to wait for: absence
//! is proved by its cause, where a wait for some milliseconds would only make it likely.
//!
//! `/proc/PID/syscall` (proc_pid_syscall(5)) tells in which system call a thread sleeps, with its
//! arguments, and so with the limit of its wait. A thread that runs, sleeps for a time, or waits in a
//! call that is not listed here does not rest: it is then the clock that decides, as without this.

use std::fs;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

use nix::sys::socket::{getsockopt, sockopt};

use super::sock_diag::SocketInfo;
use super::threads::{self, Threads};
use crate::record::fact::Protocol;
use crate::record::observation::Wait;
use crate::sandbox::process::Member;
use crate::sandbox::procfs;

/// All threads of a program at a moment at which each of them waited. Equal at two moments: none of
/// them ran in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    threads: Vec<Thread>,
}

/// A thread that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Thread {
    process: u32,
    /// Time on a processor, time ready for one, turns: `/proc/PID/task/TID/schedstat`.
    turns: String,
    call: Call,
}

/// The system call that a thread is in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Call {
    number: libc::c_long,
    arguments: [u64; 6],
}

/// What has to be looked at before a wait is known to have no limit.
#[derive(Debug, PartialEq, Eq)]
enum Limit {
    None,
    /// This descriptor may have one of its own.
    OfDescriptor(i32),
    /// One of the process's descriptors may be a timer.
    OfTimers,
    /// There is one, or nobody knows.
    Some,
}

/// The rest of a program, by its processes. None: it does not rest.
pub fn look(known: &mut Threads, members: &[Member]) -> Option<Rest> {
    let mut asleep = Vec::new();
    for member in members {
        match member.state {
            'S' => asleep.push(*member),
            // Its supervisor is about to bury it, and to tell.
            'Z' | 'X' if member.of_supervisor => return None,
            'Z' | 'X' => {}
            // Stopped: nothing comes of it before somebody lets it go on, who then does not rest.
            'T' => {}
            _ => return None,
        }
    }
    known.ask(&asleep, look_at).map(|threads| Rest { threads })
}

fn look_at(process: u32, thread: &threads::Thread) -> io::Result<Option<Thread>> {
    let call = parse(&thread.syscall()?).filter(|call| call.limit() != Limit::Some);
    call.map(|call| Ok(Thread { process, turns: thread.schedstat()?, call })).transpose()
}

/// `running`, or the call's number, six arguments, stack pointer and program counter.
fn parse(line: &str) -> Option<Call> {
    let mut words = line.split_ascii_whitespace();
    let number = words.next()?.parse().ok().filter(|number| *number >= 0)?;
    let mut arguments = [0; 6];
    for argument in &mut arguments {
        *argument = u64::from_str_radix(words.next()?.strip_prefix("0x")?, 16).ok()?;
    }
    Some(Call { number, arguments })
}

impl Call {
    fn limit(&self) -> Limit {
        let pointer = |at: usize| if self.arguments[at] == 0 { Limit::OfTimers } else { Limit::Some };
        #[cfg(target_arch = "x86_64")]
        {
            let millis = |at: usize| {
                if (self.arguments[at] as i32) < 0 { Limit::OfTimers } else { Limit::Some }
            };
            match self.number {
                libc::SYS_poll => return millis(2),
                libc::SYS_epoll_wait => return millis(3),
                libc::SYS_select => return pointer(4),
                libc::SYS_pause => return Limit::None,
                _ => {}
            }
        }
        match self.number {
            libc::SYS_read
            | libc::SYS_readv
            | libc::SYS_recvfrom
            | libc::SYS_recvmsg
            | libc::SYS_accept
            | libc::SYS_accept4 => Limit::OfDescriptor(self.arguments[0] as i32),
            libc::SYS_futex => self.futex(),
            libc::SYS_ppoll => pointer(2),
            libc::SYS_pselect6 => pointer(4),
            libc::SYS_epoll_pwait if (self.arguments[3] as i32) < 0 => Limit::OfTimers,
            libc::SYS_epoll_pwait2 => pointer(3),
            libc::SYS_wait4 | libc::SYS_waitid | libc::SYS_rt_sigsuspend => Limit::None,
            _ => Limit::Some,
        }
    }

    /// futex(2): a wait for another thread of the program, which rests too. Other operations than these
    /// have something else as their fourth argument.
    fn futex(&self) -> Limit {
        const COMMAND: u64 = !(libc::FUTEX_PRIVATE_FLAG as u64 | libc::FUTEX_CLOCK_REALTIME as u64);
        let operation = (self.arguments[1] & 0xffff_ffff & COMMAND) as libc::c_int;
        let waits = matches!(operation, libc::FUTEX_WAIT | libc::FUTEX_WAIT_BITSET | libc::FUTEX_LOCK_PI);
        if waits && self.arguments[3] == 0 { Limit::None } else { Limit::Some }
    }
}

impl Rest {
    /// Whether nothing but an event ends it: no timer of a process, no descriptor with a limit. Asked
    /// once, at the end, since it costs more than [`look`].
    pub fn has_no_end(&self) -> bool {
        let mut processes: Vec<u32> = self.threads.iter().map(|thread| thread.process).collect();
        processes.dedup();
        processes.into_iter().all(has_no_timer)
            && self.threads.iter().all(|thread| match thread.call.limit() {
                Limit::None => true,
                Limit::OfTimers => !has_timer_descriptor(thread.process),
                Limit::OfDescriptor(number) => waits_for_ever(thread.process, number),
                Limit::Some => false,
            })
    }
}

/// What the threads of these processes wait for, each thing once. `socket` finds a socket by its inode.
pub fn waits(members: &[Member], socket: impl Fn(u32) -> Option<SocketInfo>) -> Vec<Wait> {
    let mut waits = Vec::new();
    for member in members {
        for folder in threads::folders(member).unwrap_or_default() {
            let line = procfs::read(folder.join("syscall")).unwrap_or_default();
            waits.extend(parse(&line).and_then(|call| call.wait(member.pid, &socket)));
        }
    }
    waits.sort_unstable();
    waits.dedup();
    waits
}

impl Call {
    fn wait(&self, pid: u32, socket: impl Fn(u32) -> Option<SocketInfo>) -> Option<Wait> {
        match (self.number, self.limit()) {
            (_, Limit::OfDescriptor(number)) => {
                let link = fs::read_link(format!("/proc/{pid}/fd/{number}")).ok()?;
                let link = link.to_str()?;
                if link.starts_with("pipe:") {
                    return Some(if number == 0 { Wait::Stdin } else { Wait::Pipe });
                }
                let inode = link.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok()?;
                let socket = socket(inode)?;
                Some(match socket.protocol {
                    _ if socket.listens() => Wait::Accept(socket.local),
                    Protocol::Tcp => Wait::Read(socket.remote),
                    Protocol::Udp => Wait::Datagram(socket.local),
                })
            }
            (_, Limit::OfTimers) => Some(Wait::Poll),
            (libc::SYS_futex, Limit::None) => Some(Wait::Thread),
            (libc::SYS_wait4 | libc::SYS_waitid, _) => Some(Wait::Child),
            (libc::SYS_nanosleep | libc::SYS_clock_nanosleep, _) => Some(Wait::Sleep),
            _ => None,
        }
    }
}

/// No timer of timer_create(2), and no handler for the signals of alarm(2) and setitimer(2), which
/// nothing shows. Without a handler they end the program, or are ignored.
fn has_no_timer(pid: u32) -> bool {
    const OF_TIMERS: u64 = bit(libc::SIGALRM) | bit(libc::SIGVTALRM) | bit(libc::SIGPROF);
    const fn bit(signal: libc::c_int) -> u64 {
        1 << (signal - 1)
    }
    let status = procfs::read(format!("/proc/{pid}/status")).unwrap_or_default();
    let mask = |name| {
        let mask = status.lines().find_map(|line| line.strip_prefix(name));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(u64::MAX)
    };
    // Who blocks them may read them from a descriptor (signalfd(2)).
    let noticed = mask("SigCgt:") | mask("SigBlk:");
    // Absent in a kernel without CONFIG_CHECKPOINT_RESTORE.
    let timers = procfs::read(format!("/proc/{pid}/timers")).unwrap_or_default();
    noticed & OF_TIMERS == 0 && timers.is_empty()
}

fn has_timer_descriptor(pid: u32) -> bool {
    let Ok(mut descriptors) = fs::read_dir(format!("/proc/{pid}/fd")) else { return true };
    descriptors.any(|entry| {
        let link = entry.and_then(|entry| fs::read_link(entry.path()));
        link.map_or(true, |link| link.as_os_str() == "anon_inode:[timerfd]")
    })
}

/// A pipe, or a socket without a time-out for receiving.
fn waits_for_ever(pid: u32, number: i32) -> bool {
    let Ok(link) = fs::read_link(format!("/proc/{pid}/fd/{number}")) else { return false };
    let link = link.to_string_lossy();
    link.starts_with("pipe:") || link.starts_with("socket:") && has_no_timeout(pid, number)
}

/// `SO_RCVTIMEO` of another process's socket, by a copy of its descriptor (pidfd_getfd(2)).
fn has_no_timeout(pid: u32, number: i32) -> bool {
    // SAFETY: takes numbers only.
    let Some(process) = owned(unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) }) else { return false };
    // SAFETY: takes numbers only.
    let copy = unsafe { libc::syscall(libc::SYS_pidfd_getfd, process.as_raw_fd(), number, 0) };
    owned(copy)
        .and_then(|socket| getsockopt(&socket, sockopt::ReceiveTimeout).ok())
        .is_some_and(|timeout| timeout.tv_sec() == 0 && timeout.tv_usec() == 0)
}

fn owned(descriptor: libc::c_long) -> Option<OwnedFd> {
    let descriptor = i32::try_from(descriptor).ok().filter(|descriptor| *descriptor >= 0)?;
    // SAFETY: the kernel has just made this descriptor for this process, and nobody else knows it.
    Some(unsafe { OwnedFd::from_raw_fd(descriptor) })
}

/// Whether packets wait in the loopback's queues, which every processor empties when it gets to it: the
/// twelfth figure of each line of `/proc/net/softnet_stat` (net/core/net-procfs.c of the kernel, since
/// 5.10). A packet there has left its sender, and is in nobody's buffer.
pub fn packets_wait() -> bool {
    let table = procfs::read("/proc/net/softnet_stat").unwrap_or_default();
    table.lines().any(|line| line.split_ascii_whitespace().nth(11).is_some_and(|word| word != "00000000"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(number: libc::c_long, arguments: [u64; 6]) -> Limit {
        Call { number, arguments }.limit()
    }

    #[test]
    fn a_line_of_the_kernel_is_read() {
        let line = "45 0x3 0x7f11af823000 0x20000 0x0 0x0 0x0 0x7ffccba7a718 0x7f11af99f2ad\n";
        let read = parse(line).unwrap();
        assert_eq!((read.number, read.arguments), (45, [3, 0x7f11_af82_3000, 0x20000, 0, 0, 0]));
        for odd in ["running\n", "-1 0x7ffc 0x7f11", "", "0 0x1", "0 1 2 3 4 5 6"] {
            assert_eq!(parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_wait_with_a_limit_is_no_rest() {
        const MINUS_ONE: u64 = 0xffff_ffff;
        assert_eq!(call(libc::SYS_recvfrom, [7, 0, 0, 0, 0, 0]), Limit::OfDescriptor(7));
        assert_eq!(call(libc::SYS_nanosleep, [0; 6]), Limit::Some);
        assert_eq!(call(libc::SYS_clock_nanosleep, [0; 6]), Limit::Some);
        assert_eq!(call(libc::SYS_connect, [3, 0, 0, 0, 0, 0]), Limit::Some, "the kernel gives up by itself");
        assert_eq!(call(libc::SYS_write, [3, 0, 0, 0, 0, 0]), Limit::Some);
        assert_eq!(call(libc::SYS_ppoll, [0; 6]), Limit::OfTimers);
        assert_eq!(call(libc::SYS_ppoll, [0, 1, 0x7ff0, 0, 0, 0]), Limit::Some);
        assert_eq!(call(libc::SYS_epoll_pwait, [0, 0, 1, MINUS_ONE, 0, 0]), Limit::OfTimers);
        assert_eq!(call(libc::SYS_epoll_pwait, [0, 0, 1, 100, 0, 0]), Limit::Some);
        assert_eq!(call(libc::SYS_futex, [0, 128, 0, 0, 0, 0]), Limit::None);
        assert_eq!(call(libc::SYS_futex, [0, 137, 0, 0, 0, 0]), Limit::None, "FUTEX_WAIT_BITSET, private");
        assert_eq!(call(libc::SYS_futex, [0, 128, 0, 0x7ff0, 0, 0]), Limit::Some);
        assert_eq!(call(libc::SYS_futex, [0, 129, 0, 0, 0, 0]), Limit::Some, "FUTEX_WAKE");
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn the_older_calls_are_known_too() {
        const MINUS_ONE: u64 = 0xffff_ffff;
        assert_eq!(call(libc::SYS_poll, [0, 1, MINUS_ONE, 0, 0, 0]), Limit::OfTimers);
        assert_eq!(call(libc::SYS_poll, [0, 1, 250, 0, 0, 0]), Limit::Some);
        assert_eq!(call(libc::SYS_epoll_wait, [0, 0, 1, MINUS_ONE, 0, 0]), Limit::OfTimers);
        assert_eq!(call(libc::SYS_select, [0; 6]), Limit::OfTimers);
    }
}
