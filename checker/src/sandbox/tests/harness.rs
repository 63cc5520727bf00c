//! A runner for a test: a forked process, which is single-threaded whatever the test binary is.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use nix::fcntl::OFlag;
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, Pid, fork, pipe2};

use crate::sandbox::limits::Limits;
use crate::sandbox::process::{Event, Exit, Process};
use crate::sandbox::{EmptySandbox, Programs, Rung, Sandbox};

pub(super) const LIMITS: Limits =
    Limits { processes: 32, memory_mib: 128, files_mib: 4, cpu_s: 20, open_files: 64 };
/// Only failures wait so long.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs `test` in sandboxes of every rung, one after the other.
pub(super) fn on_each_rung(test: impl Fn(&mut Sandbox)) {
    for rung in Rung::ALL {
        on(rung, &test);
    }
}

/// Runs `test` in a sandbox, and fails as it fails.
pub(super) fn on(rung: Rung, test: impl Fn(&mut Sandbox)) {
    on_own(rung, |mut sandbox| test(&mut sandbox));
}

/// The same for a test that does with the whole sandbox as it likes.
pub(super) fn on_own(rung: Rung, test: impl Fn(Sandbox)) {
    fails_as(&format!("rung {rung}"), start(|say| in_runner(rung, |sandbox, _| test(sandbox), say)));
}

/// Runs `test` in a fresh process, and fails as it fails.
pub(super) fn in_process(test: impl Fn()) {
    fails_as("workshop", start(|_| test()));
}

#[track_caller]
fn fails_as(what: &str, (runner, said): (Pid, OwnedFd)) {
    let mut message = String::new();
    File::from(said).read_to_string(&mut message).unwrap();
    let status = waitpid(runner, None).unwrap();
    assert!(status == WaitStatus::Exited(runner, 0) && message.is_empty(), "{what}: {status:?} {message}");
}

/// Starts `body` in a runner; it may write to the pipe that is returned. So do its panics.
pub(super) fn start_runner(rung: Rung, body: impl Fn(&mut Sandbox, &mut File)) -> (Pid, OwnedFd) {
    start(|say| in_runner(rung, |mut sandbox, say| body(&mut sandbox, say), say))
}

fn start(body: impl Fn(&mut File)) -> (Pid, OwnedFd) {
    let (said, say) = pipe2(OFlag::O_CLOEXEC).unwrap();
    // SAFETY: the child has one thread, and the C library mends its allocator's locks in it. It takes
    // no other lock that one of the parent's threads may hold, and never returns into the test.
    match unsafe { fork() }.unwrap() {
        ForkResult::Parent { child } => (child, said),
        ForkResult::Child => {
            let mut say = File::from(say);
            // Should the fork have copied a lock in use after all, this ends the wait for it.
            nix::unistd::alarm::set(2 * PATIENCE.as_secs() as u32);
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| body(&mut say))) {
                let text = panic.downcast_ref::<String>().cloned();
                let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                let _ = say.write_all(text.unwrap_or_default().as_bytes());
            }
            // SAFETY: ends the process at once, without the test binary's exit handlers.
            unsafe { libc::_exit(0) }
        }
    }
}

fn in_runner(rung: Rung, body: impl Fn(Sandbox, &mut File), say: &mut File) {
    let programs = shell();
    let entered = EmptySandbox::enter(rung, Path::new("/tmp"), LIMITS.processes);
    // The first program finds its supervisor waiting, the others have to wait for theirs.
    let ready = entered.and_then(|mut empty| empty.stand_by(1).map(|()| empty));
    match ready.and_then(|empty| empty.furnish(LIMITS, programs)) {
        Ok(sandbox) => body(sandbox, say),
        // Nothing to test on such a host; `checker doctor` tells its owner.
        Err(_) if rung > Rung::Zero => {}
        Err(error) => panic!("{error}"),
    }
}

/// The program of most tests.
pub(super) fn shell() -> Programs {
    Programs { of: String::new(), opened: vec![("sh".to_owned(), File::open("/bin/sh").unwrap())] }
}

/// Starts a shell script.
pub(super) fn script(sandbox: &mut Sandbox, text: &str) -> Process {
    sandbox.spawn("sh", &["-c".into(), text.into()]).unwrap_or_else(|error| panic!("{error}"))
}

/// Runs a shell script to its end: all it printed, and how it ended.
pub(super) fn run(sandbox: &mut Sandbox, text: &str) -> (String, Exit) {
    finish(script(sandbox, text))
}

/// The same of a process that was started.
pub(super) fn finish(mut process: Process) -> (String, Exit) {
    drop(process.take_stdin());
    let mut stdout = File::from(process.take_stdout().unwrap());
    let mut printed = Vec::new();
    let mut exit = None;
    until("the script to end", || {
        while let Some(event) = process.next_event().unwrap() {
            match event {
                Event::Exited { exit: how, .. } => exit = Some(how),
                Event::Empty => return true,
            }
        }
        false
    });
    stdout.read_to_end(&mut printed).unwrap();
    (String::from_utf8(printed).unwrap(), exit.expect("Exited comes before Empty"))
}

pub(super) fn until(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < PATIENCE, "waited too long for {what}");
        // Processes of others come and go without an event: looked at again, until it is so.
        std::thread::sleep(Duration::from_millis(1));
    }
}
