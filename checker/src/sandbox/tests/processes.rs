//! Starting, watching and ending processes.

use std::fs::File;
use std::io::Write;

use nix::sys::signal::Signal;

use super::harness::{on, on_each_rung, run, script, until};
use crate::sandbox::Rung;
use crate::sandbox::limits::Over;
use crate::sandbox::process::{Event, Exit};

#[test]
fn the_way_of_ending_is_told() {
    on_each_rung(|sandbox| {
        assert_eq!(run(sandbox, "exit 3").1, Exit::Code(3));
        assert_eq!(run(sandbox, "kill -TERM $$").1, Exit::Signal(libc::SIGTERM));
    });
}

#[test]
fn signals_are_as_a_shell_leaves_them() {
    // On rung 1 a program can't read what the kernel tells of it.
    [Rung::Three, Rung::Zero].into_iter().for_each(|rung| {
        on(rung, |sandbox| {
            let (printed, _) = run(sandbox, "yes | head -n 1; grep -E 'SigBlk|SigIgn' /proc/self/status");
            // The two upper bits stand for signals of the C library.
            let ignored = printed.lines().nth(2).unwrap().trim_start_matches("SigIgn:").trim();
            assert_eq!(u64::from_str_radix(ignored, 16).unwrap() & 0x7fff_ffff, 0, "{printed}");
            assert!(printed.contains("SigBlk:\t0000000000000000"), "{printed}");
        })
    });
}

#[test]
fn a_daemon_is_seen_and_ends_with_the_program() {
    on_each_rung(|sandbox| {
        let mut process = script(sandbox, "(setsid sleep 1000 > /dev/null 2>&1 &); exit 5");
        let mut events = Vec::new();
        until("the first process to end", || {
            events.extend(process.next_event().unwrap());
            !events.is_empty()
        });
        assert!(matches!(events[..], [Event::Exited { exit: Exit::Code(5), .. }]), "{events:?}");
        until("the daemon to be one", || process.tree().iter().any(|p| p.name == "sleep"));
        let daemons = process.tree();
        assert_eq!(daemons.len(), 1, "{daemons:?}");
        process.end();
        assert!(process.tree().is_empty());
        assert!(!std::path::Path::new(&format!("/proc/{}", daemons[0].pid)).exists());
    });
}

#[test]
fn a_zombie_is_shown_as_one() {
    on_each_rung(|sandbox| {
        // The sleeping process in the shell's place never waits for the child of the shell.
        let process = script(sandbox, "sleep 0 & exec sleep 1000");
        until("a zombie", || process.tree().iter().any(|p| p.is_zombie()));
        let tree = process.tree();
        assert_eq!((tree[0].pid, tree[0].inner_pid), (process.pid(), process.inner_pid()));
        assert_eq!(tree[1].inner_ppid, process.inner_pid());
    });
}

/// Whether the kernel can tell of a pid in another namespace which one it is here.
fn since_6_11() -> bool {
    let release = nix::sys::utsname::uname().unwrap().release().to_string_lossy().into_owned();
    let mut numbers = release.split(['.', '-']).map_while(|number| number.parse::<u32>().ok());
    (numbers.next(), numbers.next()) >= (Some(6), Some(11))
}

#[test]
fn who_is_new_is_found_by_list_and_by_walk() {
    on(Rung::Three, |sandbox| {
        let mut process = script(sandbox, "read line; sleep 1000 & read line; sleep 1000 & exec sleep 1000");
        let mut stdin = File::from(process.take_stdin().unwrap());
        let listed = || process.listed().map(|listed| listed.iter().map(|stat| stat.pid).collect::<Vec<_>>());
        assert_eq!(listed(), Some(vec![process.pid()]), "it alone is known from the beginning");
        for count in [2, 3] {
            writeln!(stdin).unwrap();
            until("another", || process.members().len() == count);
            let pids: Vec<u32> = process.walked().iter().map(|stat| stat.pid).collect();
            assert_eq!(process.members().iter().map(|member| member.pid).collect::<Vec<_>>(), pids);
            if since_6_11() {
                assert_eq!(listed(), Some(pids));
            }
        }
    });
}

#[test]
fn a_program_that_nobody_may_read_is_no_less_seen() {
    on(Rung::Three, |sandbox| {
        let process =
            script(sandbox, "cp /bin/sleep s && chmod 111 s && (./s 1000 & ./s 1000 & exec ./s 1000)");
        until("three", || process.members().len() == 4);
        until("all to be", || process.tree().iter().filter(|process| process.name == "s").count() == 3);
        if since_6_11() {
            assert_eq!(process.listed().map(|listed| listed.len()), Some(4));
        }
    });
}

#[test]
fn signals_reach_the_first_or_all() {
    on_each_rung(|sandbox| {
        let mut process = script(sandbox, "sleep 1000 & wait");
        until("the child", || process.tree().iter().any(|p| p.name == "sleep"));
        process.signal_first(Signal::SIGTERM);
        let mut seen = Vec::new();
        until("the first to end", || {
            seen.extend(process.next_event().unwrap());
            seen.len() == 1
        });
        process.signal_all(Signal::SIGKILL);
        until("all to end", || process.next_event().unwrap() == Some(Event::Empty));
    });
}

#[test]
fn killing_everything_harms_only_itself() {
    on(Rung::Three, |sandbox| {
        let (_, exit) = run(sandbox, "kill -KILL 1; kill -STOP 1; sleep 1000 & kill -KILL -1; kill -KILL $$");
        assert_eq!(exit, Exit::Signal(libc::SIGKILL));
    });
}

#[test]
fn a_crowd_is_a_limit_reached() {
    on_each_rung(|sandbox| {
        let process = script(sandbox, "while :; do sleep 1000 & done");
        until("the limit", || sandbox.over_limits(&process) == Some(Over::Processes));
    });
}

#[test]
fn much_memory_is_a_limit_reached() {
    on_each_rung(|sandbox| {
        let process = script(sandbox, "tail /dev/zero");
        until("the limit", || sandbox.over_limits(&process) == Some(Over::Memory));
    });
}

#[test]
fn there_is_no_way_to_more_rights() {
    on(Rung::Three, |sandbox| {
        let (printed, _) = run(
            sandbox,
            "grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/self/status
             unshare --user true 2> /dev/null && echo unshared",
        );
        let expected = "CapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n";
        assert_eq!(printed, expected);
    });
}
