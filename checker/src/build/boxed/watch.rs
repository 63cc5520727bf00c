//! One run of the compiler in the workshop: what it printed, and how it ended.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::job::End;
use crate::sandbox::Workshop;
use crate::sandbox::process::{Event, Exit, Process};

/// What is kept of the compiler's output, in bytes: a page of errors, not megabytes of them.
const MOST: usize = 256 * 1024;
const CUT: &str = "\n(the compiler said more than is kept)\n";
/// How often memory is asked for, in ms.
const TICK: u16 = 20;

/// Runs `command` in the workshop until it ends, or `budget` has passed on the clock. None of its processes is
/// left afterwards.
pub(super) fn run(
    workshop: &mut Workshop,
    command: &Command,
    budget: Duration,
) -> Result<(End, Vec<u8>), String> {
    let args: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
    let environment: Vec<_> =
        command.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect();
    let program = PathBuf::from(command.get_program());
    let mut process = workshop.spawn(&program, &args, &environment).map_err(|error| error.to_string())?;
    drop((process.take_stdin(), process.take_stdout()));
    let stderr = process.take_stderr().ok_or("the compiler has no stderr")?;
    let mut words = Words { from: File::from(stderr), kept: Vec::new(), cut: false, open: true };
    let end = wait(workshop, &mut process, &mut words, Instant::now() + budget);
    process.end();
    let end = end.map_err(|error| format!("watching the compiler: {error}"))?;
    words.take().map_err(|error| format!("reading what the compiler says: {error}"))?;
    let said = words.whole();
    Ok((end.unwrap_or_else(|exit| judge(exit, &said)), said))
}

/// The compiler's own end, as `Err`, or the one that was put to it.
fn wait(
    workshop: &Workshop,
    process: &mut Process,
    words: &mut Words,
    deadline: Instant,
) -> io::Result<Result<End, Exit>> {
    loop {
        words.take()?;
        if let Some(Event::Exited { exit, .. }) = process.next_event()? {
            return Ok(Err(exit));
        }
        if Instant::now() >= deadline {
            return Ok(Ok(End::TooLong));
        }
        let quiet = {
            let words = words.open.then(|| words.from.as_fd());
            let fds = process.events_fd().into_iter().chain(words);
            let mut fds: Vec<PollFd> = fds.map(|fd| PollFd::new(fd, PollFlags::POLLIN)).collect();
            match poll(&mut fds, PollTimeout::from(TICK)) {
                Ok(ready) => ready == 0,
                Err(Errno::EINTR) => false,
                Err(errno) => return Err(errno.into()),
            }
        };
        // One that prints all the time is watched as well.
        if (quiet || words.cut) && workshop.over_limits(process).is_some() {
            return Ok(Ok(End::TooMuch));
        }
    }
}

/// What the compiler's own end means.
fn judge(exit: Exit, said: &[u8]) -> End {
    /// In the words of the compiler, of LLVM, of the linkers and of the kernel. Who writes them into an error of
    /// their own gets another reason for not compiling.
    const SPENT: [&str; 6] = [
        "memory allocation of",
        "out of memory",
        "memory exhausted",
        "Cannot allocate memory",
        "No space left on device",
        "Resource temporarily unavailable",
    ];
    let said = String::from_utf8_lossy(said);
    match exit {
        Exit::Code(0) => End::Done,
        Exit::Signal(libc::SIGXCPU) => End::TooLong,
        Exit::Signal(libc::SIGXFSZ) => End::TooMuch,
        // Nobody in the box sends it: the host was out of memory, below every limit of ours.
        Exit::Signal(libc::SIGKILL) => {
            End::Fault("the compiler was killed: is the machine out of memory?".into())
        }
        _ if SPENT.iter().any(|words| said.contains(words)) => End::TooMuch,
        _ => End::Errors,
    }
}

/// What the compiler prints.
struct Words {
    from: File,
    kept: Vec<u8>,
    cut: bool,
    open: bool,
}

impl Words {
    /// Takes what there is; does not wait.
    fn take(&mut self) -> io::Result<()> {
        /// As much as a pipe holds: then it is time to look at other things.
        const TURN: usize = 64 * 1024;
        let mut chunk = [0; 16 * 1024];
        let mut taken = 0;
        while self.open && taken < TURN {
            match self.from.read(&mut chunk) {
                Ok(0) => self.open = false,
                Ok(n) => {
                    let room = MOST.saturating_sub(self.kept.len()).min(n);
                    self.kept.extend_from_slice(&chunk[..room]);
                    self.cut |= room < n;
                    taken += n;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn whole(mut self) -> Vec<u8> {
        if self.cut {
            self.kept.extend_from_slice(CUT.as_bytes());
        }
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_judged_by_status_and_words() {
        for (exit, said, wanted) in [
            (Exit::Code(0), "warning: out of memory", End::Done),
            (Exit::Code(1), "error: expected `;`", End::Errors),
            (Exit::Code(1), "ld: final link failed: No space left on device", End::TooMuch),
            (Exit::Signal(libc::SIGABRT), "memory allocation of 9 bytes failed", End::TooMuch),
            (Exit::Signal(libc::SIGSEGV), "error: rustc interrupted by SIGSEGV", End::Errors),
            (Exit::Signal(libc::SIGXCPU), "", End::TooLong),
            (Exit::Signal(libc::SIGXFSZ), "", End::TooMuch),
        ] {
            assert_eq!(judge(exit, said.as_bytes()), wanted, "{exit:?} {said}");
        }
        assert!(matches!(judge(Exit::Signal(libc::SIGKILL), b""), End::Fault(_)));
    }
}
