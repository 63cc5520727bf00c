//! A sandbox that has had a scenario is as new for the next one, or is not given away.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::harness::{LIMITS, on_own, run, script, shell};
use crate::sandbox::process::{Event, Exit, Process};
use crate::sandbox::{Programs, Rung, Sandbox};

/// The sandbox again, for a scenario with these programs.
fn vacated(sandbox: Sandbox, programs: Programs) -> Sandbox {
    sandbox.vacate(Vec::new()).unwrap().expect("it serves more than one").furnish(LIMITS, programs).unwrap()
}

/// All that a program can see of its folder.
const LOOK: &str = "stat -c '%a %u %g' . && ls -A . && pwd && touch mine && rm mine";

#[test]
fn nothing_of_the_last_scenario_is_left() {
    on_own(Rung::Three, |mut sandbox| {
        let new = run(&mut sandbox, LOOK);
        assert_eq!(new.1, Exit::Code(0), "{new:?}");
        for mischief in [
            "true",
            "echo much > file; ln -s /etc/passwd .hidden",
            "mkdir -p a/b/c && touch a/b/c/d && chmod 0 a",
            "chmod 777 .",
            "chmod 0 .",
            "mkfifo pipe; (exec 3<>pipe; sleep 1000) & sleep 0.01",
        ] {
            let done = run_and_end(&mut sandbox, mischief);
            assert_eq!(done, Exit::Code(0), "{mischief}");
            sandbox = vacated(sandbox, shell());
            assert_eq!(run(&mut sandbox, LOOK), new, "after {mischief}");
        }
    });
}

/// Runs a script, and ends all that it has left.
fn run_and_end(sandbox: &mut Sandbox, text: &str) -> Exit {
    let mut process = script(sandbox, text);
    drop(process.take_stdin());
    loop {
        if let Some(Event::Exited { exit, .. }) = process.wait_event().unwrap() {
            return exit;
        }
    }
}

#[test]
fn who_was_made_ready_before_sees_the_new_folder() {
    on_own(Rung::Three, |mut sandbox| {
        run(&mut sandbox, "echo old > file");
        let mut empty = sandbox.vacate(Vec::new()).unwrap().unwrap();
        empty.stand_by(2).unwrap();
        let mut sandbox = empty.furnish(LIMITS, shell()).unwrap();
        assert_eq!(run(&mut sandbox, "cat file || echo new > file").1, Exit::Code(0));
        // One waits, and is not to be in the folder that was.
        let mut sandbox = vacated(sandbox, shell());
        assert_eq!(run(&mut sandbox, "ls -A; echo newest > file").0, "");
        assert_eq!(fs::read_to_string(sandbox.dir().join("file")).unwrap(), "newest\n");
    });
}

#[test]
fn programs_are_those_of_the_new_scenario() {
    on_own(Rung::Three, |sandbox| {
        let folder = sandbox.dir().to_owned();
        let script = |name: &str, says: &str| {
            let path = folder.join(name);
            let mut file = File::create(&path).unwrap();
            write!(file, "#!/bin/sh\necho {says}\n").unwrap();
            file.set_permissions(PermissionsExt::from_mode(0o755)).unwrap();
            drop(file);
            File::open(path).unwrap()
        };
        let (one, other) = (script("one", "one"), script("other", "other"));
        let programs = |demo: &File| Programs {
            of: "exercise".into(),
            opened: vec![
                ("sh".into(), File::open("/bin/sh").unwrap()),
                ("demo".into(), demo.try_clone().unwrap()),
            ],
        };
        let mut sandbox = vacated(sandbox, programs(&one));
        assert_eq!(run(&mut sandbox, "/program/demo").0, "one\n");
        let mut sandbox = vacated(sandbox, programs(&other));
        assert_eq!(run(&mut sandbox, "/program/demo").0, "other\n", "another file of that name");
        let mut sandbox = vacated(sandbox, programs(&other));
        assert_eq!(
            run(&mut sandbox, "/program/demo; echo > /program/demo || echo sealed").0,
            "other\nsealed\n"
        );
        let mut sandbox = vacated(sandbox, Programs { of: "another".into(), ..shell() });
        assert_eq!(run(&mut sandbox, "ls /program").0, "sh\n", "of another exercise");
    });
}

#[test]
fn below_rung_3_one_serves_one_scenario_only() {
    for rung in [Rung::Zero, Rung::One] {
        on_own(rung, |sandbox| assert!(sandbox.vacate(Vec::new()).unwrap().is_none()));
    }
}

/// Like it was the first: with the same pid, and nobody beside it.
#[test]
fn a_supervisor_serves_one_program_after_the_other() {
    /// What a program knows of itself.
    const LOOK: &str = "echo $PPID; ls /proc | grep -c '^[0-9]'; id -u; umask; trap; ulimit -a";
    // Where the kernel can give a pid again.
    let pid = if Path::new("/proc/sys/kernel/ns_last_pid").exists() { "echo $$; " } else { "" };
    let look = format!("{pid}{LOOK}");
    on_own(Rung::Three, |mut sandbox| {
        let mut first = script(&mut sandbox, &look);
        let new = (first.supervisor_pid(), said(&mut first));
        let mut over = vec![first];
        for mischief in [
            "true",
            "(sleep 1000 & sleep 1001 &); exit 3",
            "trap '' TERM HUP INT; umask 0; ulimit -n 8; sleep 1000 & wait",
            "kill -9 $$",
        ] {
            sandbox.reuse(&mut over);
            let mut process = script(&mut sandbox, mischief);
            assert_eq!(process.supervisor_pid(), new.0, "{mischief}");
            process.end();
            sandbox.reuse([&mut process]);
            let mut next = script(&mut sandbox, &look);
            assert_eq!((next.supervisor_pid(), said(&mut next)), new, "after {mischief}");
            over = vec![next];
        }
    });
}

/// All that a script prints; then it has ended, and nobody is left.
fn said(process: &mut Process) -> String {
    drop(process.take_stdin());
    while process.wait_event().unwrap() != Some(Event::Empty) {}
    let mut printed = String::new();
    File::from(process.take_stdout().unwrap()).read_to_string(&mut printed).unwrap();
    printed
}
