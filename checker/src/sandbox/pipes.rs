//! Descriptors: the pipes of a program, and closing what was inherited.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::unistd::pipe2;

/// Both ends of a program's standard streams.
#[derive(Debug)]
pub(super) struct Pipes {
    /// stdin, stdout, stderr, as the program has them.
    pub program: [OwnedFd; 3],
    /// stdin, stdout, stderr, as the runner has them: non-blocking.
    pub runner: [OwnedFd; 3],
}

impl Pipes {
    pub(super) fn new() -> io::Result<Self> {
        let (stdin, to_stdin) = pipe2(OFlag::O_CLOEXEC)?;
        let (from_stdout, stdout) = pipe2(OFlag::O_CLOEXEC)?;
        let (from_stderr, stderr) = pipe2(OFlag::O_CLOEXEC)?;
        let pipes = Pipes { program: [stdin, stdout, stderr], runner: [to_stdin, from_stdout, from_stderr] };
        for end in &pipes.runner {
            // Only the runner's end: the two ends of a pipe are two open files, each with its flags.
            fcntl(end, FcntlArg::F_SETFL(OFlag::O_NONBLOCK))?;
        }
        Ok(pipes)
    }
}

/// Closes every descriptor but the standard ones and those in `keep`. A child that keeps its parent's
/// pipes and sockets by accident keeps their other ends from ever seeing the end.
pub(super) fn close_all_but(keep: &mut [RawFd]) -> io::Result<()> {
    keep.sort_unstable();
    let mut first: libc::c_uint = 3;
    for kept in keep.iter().map(|fd| fd.cast_unsigned()).filter(|fd| *fd >= 3) {
        if first < kept {
            close_range(first, kept - 1, 0)?;
        }
        first = kept + 1;
    }
    close_range(first, libc::c_uint::MAX, 0)
}

/// Has every descriptor but the standard ones closed when this process executes another program.
pub(super) fn close_all_on_exec() -> io::Result<()> {
    close_range(3, libc::c_uint::MAX, libc::CLOSE_RANGE_CLOEXEC)
}

fn close_range(first: libc::c_uint, last: libc::c_uint, flags: libc::c_uint) -> io::Result<()> {
    // SAFETY: takes numbers only. The callers are children about to execute or to loop: no value that
    // owns one of the closed descriptors is used or dropped in them.
    match unsafe { libc::syscall(libc::SYS_close_range, first, last, flags) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// Puts `/dev/null` in the place of all three standard streams, so that a helper process holds none of
/// its parent's.
pub(super) fn silence() -> io::Result<()> {
    let null = std::fs::OpenOptions::new().read(true).write(true).open("/dev/null")?;
    for standard in 0..3 {
        replace(null.as_raw_fd(), standard)?;
    }
    Ok(())
}

/// Makes the descriptor `number` a copy of `fd`, one that is kept over `exec`.
pub fn replace(fd: RawFd, number: RawFd) -> io::Result<()> {
    // SAFETY: takes numbers only; what the standard streams were before is no value's own.
    match unsafe { libc::dup2(fd, number) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}
