//! Starting a child process that goes on in the same code, in new namespaces if wanted.

use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};

use nix::sys::signal::Signal;
use nix::sys::wait::waitpid;
use nix::unistd::Pid;

/// The exit status of a child whose code panicked.
const PANICKED: i32 = 70;
/// A null argument, in the width that the kernel reads.
const NONE: libc::c_long = 0;

/// A child of this process that has not been waited for, so that its pid is certainly its own.
#[derive(Debug)]
pub struct Child {
    /// In the namespace of the process that started it.
    pub pid: Pid,
    pub pidfd: OwnedFd,
}

impl Child {
    /// Blocks until the child has ended. To be called once.
    pub(super) fn wait(&self) {
        while waitpid(self.pid, None) == Err(nix::errno::Errno::EINTR) {}
    }
}

/// Runs `body` in a copy of this process, and ends the copy with what `body` returns. What `body` owns
/// is thereby closed in this process, and nothing else is in the copy: it has to close for itself what
/// it should not hold.
///
/// The process has to be single-threaded: the copy has only the calling thread, and locks held by
/// others would stay held for ever.
pub fn start(namespaces: libc::c_int, body: impl FnOnce() -> i32) -> io::Result<Child> {
    let mut pidfd: libc::c_int = -1;
    let flags = namespaces | libc::CLONE_PIDFD | libc::SIGCHLD;
    // SAFETY: with no stack given the child continues on a copy of this one, as after fork(2); that is
    // sound for a single-threaded process. The kernel writes one descriptor to `pidfd`, which lives on.
    // Neither the child's thread id nor thread-local storage is given, so the order in which an
    // architecture takes those does not matter.
    let pid = unsafe {
        libc::syscall(libc::SYS_clone, libc::c_long::from(flags), NONE, &raw mut pidfd, NONE, NONE)
    };
    match pid {
        -1 => Err(io::Error::last_os_error()),
        0 => {
            // Unwinding must not run the destructors of the parent's values in here.
            let status = catch_unwind(AssertUnwindSafe(body)).unwrap_or(PANICKED);
            // SAFETY: ends this process at once; no exit handler of the parent's runs.
            unsafe { libc::_exit(status) }
        }
        pid => {
            let pid = Pid::from_raw(pid as libc::pid_t);
            // SAFETY: the clone succeeded, so the kernel put a new descriptor there that nobody else owns.
            Ok(Child { pid, pidfd: unsafe { OwnedFd::from_raw_fd(pidfd) } })
        }
    }
}

/// Signals the process behind a pidfd: never a stranger that got its pid later. One that has ended is
/// no error.
pub(super) fn signal(pidfd: &OwnedFd, signal: Signal) {
    // SAFETY: no pointer but a null one, which means "as kill(2) does".
    unsafe {
        libc::syscall(
            libc::SYS_pidfd_send_signal,
            pidfd.as_raw_fd(),
            signal as libc::c_int,
            std::ptr::null::<libc::siginfo_t>(),
            0,
        );
    }
}
