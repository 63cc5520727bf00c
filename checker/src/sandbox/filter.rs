//! The system call filter of rung 3: what a network program has no use for is denied.
//!
//! A second wall: the namespaces already keep a program from the host. The filter keeps it from the
//! parts of the kernel in which walls have had holes, and from what no limit here counts (memory of
//! `memfd_create` and of System V, sockets of odd families).

use std::io;

use libc::{c_long, sock_filter};

/// What the filter looks at is `struct seccomp_data`: these are offsets into it.
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
/// The lower half of the first argument; all that is compared here is an `int` to the kernel. The
/// upper half comes second on little-endian machines, the only ones supported.
const FIRST_ARGUMENT: u32 = 16;

/// `AUDIT_ARCH_X86_64` and `AUDIT_ARCH_AARCH64`.
#[cfg(target_arch = "x86_64")]
const NATIVE: u32 = 0xC000_003E;
#[cfg(target_arch = "aarch64")]
const NATIVE: u32 = 0xC000_00B7;

/// System calls of the x32 ABI carry this bit and would pass a filter by number.
const X32: u32 = 0x4000_0000;

/// Denied with EPERM.
const DENIED: &[c_long] = &[
    // Large, young, and a way around this filter.
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_bpf,
    libc::SYS_userfaultfd,
    libc::SYS_perf_event_open,
    // Memory that no process of the tree shows.
    libc::SYS_memfd_create,
    libc::SYS_memfd_secret,
    libc::SYS_shmget,
    libc::SYS_shmat,
    libc::SYS_shmctl,
    libc::SYS_shmdt,
    libc::SYS_msgget,
    libc::SYS_msgsnd,
    libc::SYS_msgrcv,
    libc::SYS_msgctl,
    libc::SYS_semget,
    libc::SYS_semop,
    libc::SYS_semtimedop,
    libc::SYS_semctl,
    libc::SYS_mq_open,
    // Keys are kept per user, not per namespace.
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    // Other processes.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    // Mounts and namespaces.
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_mount_setattr,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_fanotify_init,
    // The machine.
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_syslog,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_kexec_file_load,
];

const FAMILIES: [libc::c_int; 3] = [libc::AF_UNIX, libc::AF_INET, libc::AF_INET6];

const NEW_NAMESPACES: libc::c_int = libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET;

/// A filter ready to be installed: a program of the kernel's packet filter machine.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    code: Vec<sock_filter>,
}

impl Filter {
    pub(super) fn new() -> Self {
        let mut code =
            vec![load(ARCHITECTURE), skip_if(libc::BPF_JEQ, NATIVE, 1, 0), give(KILL), load(NUMBER)];
        code.extend([skip_if(libc::BPF_JGE, X32, 0, 1), give(refuse(libc::ENOSYS))]);
        let denied = DENIED.iter().map(|call| (*call, vec![give(refuse(libc::EPERM))]));
        let inspected = [
            // The flags of clone3 are behind a pointer, where no filter can look. Told that there is no
            // such call, libraries fall back on clone.
            (libc::SYS_clone3, vec![give(refuse(libc::ENOSYS))]),
            (libc::SYS_socket, only_families()),
            (libc::SYS_socketpair, only_families()),
            // clone without new namespaces is how threads and processes are made.
            (libc::SYS_clone, unless(libc::BPF_JSET, NEW_NAMESPACES.cast_unsigned(), true)),
            // Who can't be looked at (`PR_SET_DUMPABLE`) can't be proved: it is said to be done, and is not.
            (libc::SYS_prctl, pretend(libc::PR_SET_DUMPABLE.cast_unsigned())),
            // Limits of another process: tightened, they would kill the supervisor.
            (libc::SYS_prlimit64, unless(libc::BPF_JEQ, 0, false)),
        ];
        let mut known: Vec<(c_long, Vec<sock_filter>)> = denied.chain(inspected).collect();
        known.sort_by_key(|(call, _)| *call);
        code.extend(search(&ranges(known)));
        Filter { code }
    }

    /// Puts the filter on this process for good. It has to have given up new privileges before.
    pub(super) fn install(&mut self) -> io::Result<()> {
        let len = u16::try_from(self.code.len()).map_err(io::Error::other)?;
        let program = libc::sock_fprog { len, filter: self.code.as_mut_ptr() };
        // SAFETY: `program` and the code that it points to outlive the call, which copies them.
        let done = unsafe {
            libc::syscall(
                libc::SYS_seccomp,
                libc::SECCOMP_SET_MODE_FILTER,
                // The program attacks nobody by speculation but itself, and older kernels would slow it.
                libc::SECCOMP_FILTER_FLAG_SPEC_ALLOW,
                &raw const program,
            )
        };
        if done == -1 { Err(io::Error::last_os_error()) } else { Ok(()) }
    }
}

/// A call through another architecture's door (32-bit on x86-64) means numbers unknown here.
const KILL: u32 = libc::SECCOMP_RET_KILL_PROCESS;

fn refuse(errno: libc::c_int) -> u32 {
    libc::SECCOMP_RET_ERRNO | errno.cast_unsigned()
}

/// Ranges of calls with what is to be done about them, each from a first number up to the next range: most that are
/// denied have neighbours that are. Any call that is not known is allowed.
fn ranges(known: Vec<(c_long, Vec<sock_filter>)>) -> Vec<(c_long, Vec<sock_filter>)> {
    let allowed = || vec![give(libc::SECCOMP_RET_ALLOW)];
    let mut ranges = vec![(0, allowed())];
    for (call, instructions) in known {
        // The range of what is not known began with this very call, behind the one before it.
        ranges.pop_if(|(first, _)| *first == call);
        if ranges.last().is_none_or(|(_, before)| *before != instructions) {
            ranges.push((call, instructions));
        }
        ranges.push((call + 1, allowed()));
    }
    ranges
}

/// Finds the range that has the number which was loaded, by halves, and goes on with what is to be done about it: the
/// kernel translates a new filter for each program that is started, and runs it on every call that there is, to
/// remember which are always allowed. So it should be short, and quick.
fn search(ranges: &[(c_long, Vec<sock_filter>)]) -> Vec<sock_filter> {
    if let [(_, instructions)] = ranges {
        return instructions.clone();
    }
    let (lower, upper) = ranges.split_at(ranges.len() / 2);
    let first = upper[0].0 as u32;
    let (lower, upper) = (search(lower), search(upper));
    // A conditional jump reaches no further than 255 instructions; all of them are fewer.
    let mut code = vec![skip_if(libc::BPF_JGE, first, lower.len() as u8, 0)];
    code.extend(lower);
    code.extend(upper);
    code
}

/// What is known of a call that makes sockets.
fn only_families() -> Vec<sock_filter> {
    let [unix, inet, inet6] = FAMILIES.map(libc::c_int::cast_unsigned);
    vec![
        load(FIRST_ARGUMENT),
        skip_if(libc::BPF_JEQ, unix, 3, 0),
        skip_if(libc::BPF_JEQ, inet, 2, 0),
        skip_if(libc::BPF_JEQ, inet6, 1, 0),
        give(refuse(libc::EAFNOSUPPORT)),
        give(libc::SECCOMP_RET_ALLOW),
    ]
}

/// A call that is refused where comparing its first argument with `value` says so: yes, or no.
fn unless(comparison: u32, value: u32, refused: bool) -> Vec<sock_filter> {
    let (yes, no) = if refused { (0, 1) } else { (1, 0) };
    vec![
        load(FIRST_ARGUMENT),
        skip_if(comparison, value, yes, no),
        give(refuse(libc::EPERM)),
        give(libc::SECCOMP_RET_ALLOW),
    ]
}

/// A call that is said to have been made where its first argument is `value`, and is not.
fn pretend(value: u32) -> Vec<sock_filter> {
    vec![
        load(FIRST_ARGUMENT),
        skip_if(libc::BPF_JEQ, value, 0, 1),
        give(refuse(0)),
        give(libc::SECCOMP_RET_ALLOW),
    ]
}

fn load(offset: u32) -> sock_filter {
    sock_filter { code: (libc::BPF_LD | libc::BPF_W | libc::BPF_ABS) as u16, jt: 0, jf: 0, k: offset }
}

/// Skips `yes` or `no` instructions, as the comparison of what was loaded last with `value` says.
fn skip_if(comparison: u32, value: u32, yes: u8, no: u8) -> sock_filter {
    sock_filter { code: (libc::BPF_JMP | comparison | libc::BPF_K) as u16, jt: yes, jf: no, k: value }
}

fn give(answer: u32) -> sock_filter {
    sock_filter { code: (libc::BPF_RET | libc::BPF_K) as u16, jt: 0, jf: 0, k: answer }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the filter answers, as the kernel's machine would find it.
    fn answer(filter: &Filter, architecture: u32, call: c_long, first: u32) -> u32 {
        let (mut at, mut loaded) = (0_usize, 0_u32);
        loop {
            let now = filter.code[at];
            at += 1;
            let code = u32::from(now.code);
            if code == libc::BPF_RET | libc::BPF_K {
                return now.k;
            } else if code == libc::BPF_LD | libc::BPF_W | libc::BPF_ABS {
                loaded = match now.k {
                    ARCHITECTURE => architecture,
                    NUMBER => call as u32,
                    _ => first,
                };
            } else {
                let holds = match code & !(libc::BPF_JMP | libc::BPF_K) {
                    libc::BPF_JEQ => loaded == now.k,
                    libc::BPF_JGE => loaded >= now.k,
                    libc::BPF_JSET => loaded & now.k != 0,
                    other => panic!("an odd comparison: {other}"),
                };
                at += usize::from(if holds { now.jt } else { now.jf });
            }
        }
    }

    #[test]
    fn every_call_is_answered_as_the_tables_say() {
        let filter = Filter::new();
        assert!(filter.code.len() <= 255, "{} instructions", filter.code.len());
        let special = [
            libc::SYS_clone3,
            libc::SYS_socket,
            libc::SYS_socketpair,
            libc::SYS_clone,
            libc::SYS_prctl,
            libc::SYS_prlimit64,
        ];
        for call in (0..1024).filter(|call| !special.contains(call)) {
            let wanted = if DENIED.contains(&call) { refuse(libc::EPERM) } else { libc::SECCOMP_RET_ALLOW };
            assert_eq!(answer(&filter, NATIVE, call, 0), wanted, "call {call}");
        }
        let native = |call, first: libc::c_int| answer(&filter, NATIVE, call, first.cast_unsigned());
        assert_eq!(native(libc::SYS_clone3, 0), refuse(libc::ENOSYS));
        for call in [libc::SYS_socket, libc::SYS_socketpair] {
            for family in 0..50 {
                let allowed = FAMILIES.contains(&family);
                let wanted = if allowed { libc::SECCOMP_RET_ALLOW } else { refuse(libc::EAFNOSUPPORT) };
                assert_eq!(native(call, family), wanted, "family {family}");
            }
        }
        assert_eq!(native(libc::SYS_clone, libc::CLONE_VM | libc::SIGCHLD), libc::SECCOMP_RET_ALLOW);
        assert_eq!(native(libc::SYS_clone, libc::CLONE_VM | libc::CLONE_NEWUSER), refuse(libc::EPERM));
        assert_eq!(native(libc::SYS_prctl, libc::PR_SET_NAME), libc::SECCOMP_RET_ALLOW);
        assert_eq!(native(libc::SYS_prctl, libc::PR_SET_DUMPABLE), refuse(0));
        assert_eq!(native(libc::SYS_prlimit64, 0), libc::SECCOMP_RET_ALLOW);
        assert_eq!(native(libc::SYS_prlimit64, 17), refuse(libc::EPERM));
        assert_eq!(answer(&filter, NATIVE, c_long::from(X32) | 1, 0), refuse(libc::ENOSYS));
        assert_eq!(answer(&filter, NATIVE ^ 1, 1, 0), KILL);
    }
}
