//! Runs the compiler within its budget, and leaves nothing of it behind.

use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, ppoll};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use super::linking::{Linked, Prepared, Waiting};
use super::resting::Resting;
use crate::sandbox::priority;

/// What is kept of the compiler's output, in bytes: a page of errors, not megabytes of them.
const MOST: usize = 256 * 1024;

/// The least memory in which a compilation was seen to work is 512 MiB; 4 GiB are ample.
const ADDRESS_SPACE: u64 = 4 << 30;

/// How a command ended: None where it was stopped at its budget.
pub struct Ended {
    pub status: Option<ExitStatus>,
    pub stderr: Vec<u8>,
}

/// Runs `command` with its stderr caught. Its whole process group is killed at the end of `budget`, and
/// by the kernel when the checker dies. `started` is set as soon as it runs.
pub fn run(command: &mut Command, budget: Duration, started: &OnceLock<()>) -> io::Result<Ended> {
    prepare(command, budget);
    let mut child = command.spawn()?;
    let _ = started.set(());
    let outcome = collect(&mut child, Instant::now() + budget);
    finish(child, outcome)
}

/// The same with a compiler that calls the linker by way of this process, see [`super::linking`]. Returns as
/// soon as the program is made; then the compiler is ended, or rests where it can.
pub fn run_linking(
    mut command: Command,
    prepared: Prepared,
    budget: Duration,
    started: &OnceLock<()>,
    resting: Option<&Resting>,
) -> io::Result<Ended> {
    let place = command.get_current_dir().map(Path::to_owned);
    prepare(&mut command, budget);
    let child = match resting {
        Some(resting) => resting.start(command)?,
        None => command.spawn()?,
    };
    let _ = started.set(());
    let deadline = Instant::now() + budget;
    match prepared.start(place.as_deref(), budget) {
        Err(error) => finish(child, Err(error)),
        Ok(waiting) => watch(child, waiting, deadline, resting),
    }
}

fn watch(
    mut child: Child,
    waiting: Waiting,
    deadline: Instant,
    resting: Option<&Resting>,
) -> io::Result<Ended> {
    let mut said = Said::of(&mut child)?;
    let mut waiting = Some(waiting);
    let ended = loop {
        let call = waiting.as_ref().map(|waiting| waiting.call().as_fd());
        match said.wait(call, deadline) {
            Ok(Woken::Said) => {}
            Ok(Woken::AtItsEnd) => break Ok(true),
            Ok(Woken::TooLate) => break Ok(false),
            Err(error) => break Err(error),
            Ok(Woken::Called) => {
                match waiting.as_mut().map(|waiting| waiting.answer(deadline)) {
                    // As long as the call is open, the compiler waits.
                    Some(Ok(Linked::Yes)) => {
                        // The compiler has nothing more to do, and what it had to say it has said.
                        while matches!(said.wait(None, Instant::now()), Ok(Woken::Said)) {}
                        match (resting, waiting) {
                            (Some(resting), Some(waiting)) => resting.take(child, waiting),
                            (_, waiting) => {
                                end(child);
                                drop(waiting);
                            }
                        }
                        return Ok(Ended { status: Some(ExitStatus::from_raw(0)), stderr: said.kept });
                    }
                    Some(Ok(Linked::TooLate)) => break Ok(false),
                    Some(Err(error)) => break Err(error),
                    Some(Ok(Linked::No)) | None => waiting = None,
                }
            }
        }
    };
    drop(waiting);
    finish(child, ended.map(|ended| (said.kept, ended)))
}

/// Kills a compiler, with whatever it has started.
pub(super) fn end(compiler: Child) {
    priority::last(group(&compiler));
    let _ = killpg(group(&compiler), Signal::SIGKILL);
    bury(compiler);
}

/// Children that were killed, and have to be waited for some time.
static DYING: Mutex<Vec<Child>> = Mutex::new(Vec::new());

/// Kills `child`, and does not wait until the kernel has taken its memory back.
pub fn bury(mut child: Child) {
    drop(child.kill());
    let mut dying = DYING.lock().unwrap_or_else(PoisonError::into_inner);
    dying.retain_mut(|child| matches!(child.try_wait(), Ok(None)));
    dying.push(child);
}

fn prepare(command: &mut Command, budget: Duration) {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).process_group(0);
    bound(command, budget);
}

fn group(child: &Child) -> Pid {
    Pid::from_raw(child.id().cast_signed())
}

/// `outcome` is what it said, and whether it ended in time.
fn finish(mut child: Child, outcome: io::Result<(Vec<u8>, bool)>) -> io::Result<Ended> {
    // The linker may outlive a compiler that was killed.
    if !matches!(outcome, Ok((_, true))) {
        let _ = killpg(group(&child), Signal::SIGKILL);
    }
    let status = child.wait()?;
    let (stderr, ended) = outcome?;
    Ok(Ended { status: ended.then_some(status), stderr })
}

/// Bounds what `command` starts: it dies with this thread, and has no more than its budget of a processor and
/// enough memory.
pub fn bound(command: &mut Command, budget: Duration) {
    let (parent, cpu_s) = (nix::unistd::getpid(), budget.as_secs().max(1));
    // SAFETY: the closure calls nothing but async-signal-safe system calls.
    unsafe {
        command.pre_exec(move || bounded(parent, cpu_s));
    }
}

fn bounded(parent: Pid, cpu_s: u64) -> io::Result<()> {
    use nix::sys::resource::{Resource, setrlimit};
    nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)?;
    if nix::unistd::getppid() != parent {
        return Err(io::Error::other("the checker is gone"));
    }
    // Also for what the compiler starts, and for an endless evaluation when nobody is left to stop it.
    setrlimit(Resource::RLIMIT_CPU, cpu_s * 2, cpu_s * 2 + 5)?;
    setrlimit(Resource::RLIMIT_AS, ADDRESS_SPACE, ADDRESS_SPACE)?;
    Ok(())
}

/// Reads stderr to its end, or until the deadline. The flag tells whether it ended in time.
fn collect(child: &mut Child, deadline: Instant) -> io::Result<(Vec<u8>, bool)> {
    let mut said = Said::of(child)?;
    loop {
        match said.wait(None, deadline)? {
            Woken::Said | Woken::Called => {}
            Woken::AtItsEnd => return Ok((said.kept, true)),
            Woken::TooLate => return Ok((said.kept, false)),
        }
    }
}

/// What a child says on its stderr.
pub struct Said {
    pipe: ChildStderr,
    pub kept: Vec<u8>,
}

/// Why a wait is over.
pub enum Woken {
    Said,
    AtItsEnd,
    TooLate,
    /// There is something at the other descriptor.
    Called,
}

impl Said {
    pub fn of(child: &mut Child) -> io::Result<Self> {
        let pipe = child.stderr.take().ok_or_else(|| io::Error::other("no stderr"))?;
        Ok(Said { pipe, kept: Vec::new() })
    }

    /// Waits for more, or for something at the descriptor `other`, and takes it in.
    pub fn wait(&mut self, other: Option<BorrowedFd>, deadline: Instant) -> io::Result<Woken> {
        let mut chunk = [0; 16 * 1024];
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let fds = [Some(self.pipe.as_fd()), other].into_iter().flatten();
            let mut fds: Vec<PollFd> = fds.map(|fd| PollFd::new(fd, PollFlags::POLLIN)).collect();
            match ppoll(&mut fds, Some(left.into()), None) {
                Ok(0) => return Ok(Woken::TooLate),
                Ok(_) => {}
                Err(nix::errno::Errno::EINTR) => continue,
                Err(errno) => return Err(errno.into()),
            }
            let is_ready = |fd: &PollFd| fd.revents().is_some_and(|events| !events.is_empty());
            if !is_ready(&fds[0]) {
                return Ok(Woken::Called);
            }
            return Ok(match self.pipe.read(&mut chunk)? {
                0 => Woken::AtItsEnd,
                n => {
                    let room = MOST.saturating_sub(self.kept.len()).min(n);
                    self.kept.extend_from_slice(&chunk[..room]);
                    Woken::Said
                }
            });
        }
    }
}
