//! Runs the compiler within its budget, and leaves nothing of it behind.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, ppoll};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

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
/// by the kernel when the checker dies.
pub fn run(command: &mut Command, budget: Duration) -> io::Result<Ended> {
    let cpu_s = budget.as_secs().max(1);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).process_group(0);
    let parent = nix::unistd::getpid();
    // SAFETY: the closure calls nothing but async-signal-safe system calls.
    unsafe {
        command.pre_exec(move || bounded(parent, cpu_s));
    }
    let mut child = command.spawn()?;
    let outcome = collect(&mut child, Instant::now() + budget);
    // The linker may outlive a compiler that was killed.
    let group = Pid::from_raw(child.id().cast_signed());
    if !matches!(outcome, Ok((_, true))) {
        let _ = killpg(group, Signal::SIGKILL);
    }
    let status = child.wait()?;
    let (stderr, ended) = outcome?;
    Ok(Ended { status: ended.then_some(status), stderr })
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
    let mut pipe = child.stderr.take().ok_or_else(|| io::Error::other("no stderr"))?;
    let mut kept = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let ready = ppoll(&mut [PollFd::new(pipe.as_fd(), PollFlags::POLLIN)], Some(left.into()), None);
        match ready {
            Ok(0) => return Ok((kept, false)),
            Ok(_) => {}
            Err(nix::errno::Errno::EINTR) => continue,
            Err(errno) => return Err(errno.into()),
        }
        match pipe.read(&mut chunk)? {
            0 => return Ok((kept, true)),
            n => {
                let room = MOST.saturating_sub(kept.len()).min(n);
                kept.extend_from_slice(&chunk[..room]);
            }
        }
    }
}
