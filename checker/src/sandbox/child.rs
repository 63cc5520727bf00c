//! Starting a child process that goes on in the same code, in new namespaces if wanted.

use std::io;
use std::num::NonZeroUsize;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;

use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous, mprotect, munmap};
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

/// Runs `body` in a child process that shares this one's memory, but nothing else of it, and returns when that
/// has executed a program or ended (clone(2), `CLONE_VM` and `CLONE_VFORK`): faster than a copy, and what
/// `body` writes is there afterwards.
///
/// Until then this process does nothing at all, not even receive a signal.
pub(super) fn start_sharing(mut body: impl FnMut() -> i32) -> io::Result<Child> {
    let mut stack = Stack::new()?;
    let mut pidfd: libc::c_int = -1;
    let mut body: &mut dyn FnMut() -> i32 = &mut body;
    let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::CLONE_PIDFD | libc::SIGCHLD;
    // SAFETY: the child runs on a stack of its own, which lives until it has left this memory; so does what
    // it is given. The calling thread is suspended meanwhile, and is the only one, as for `start`: nobody
    // else uses the allocator, `errno`, or anything that `body` borrows.
    let pid = unsafe { libc::clone(enter, stack.top(), flags, (&raw mut body).cast(), &raw mut pidfd) };
    if pid == -1 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the clone succeeded, so the kernel put a new descriptor there that nobody else owns.
    Ok(Child { pid: Pid::from_raw(pid), pidfd: unsafe { OwnedFd::from_raw_fd(pidfd) } })
}

extern "C" fn enter(body: *mut libc::c_void) -> libc::c_int {
    // SAFETY: it is what `start_sharing` gave.
    let body = unsafe { &mut *body.cast::<&mut dyn FnMut() -> i32>() };
    // Its result is the exit status; no exit handler of the parent's runs.
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(PANICKED)
}

/// A stack with a guard page below it.
struct Stack {
    lowest: NonNull<libc::c_void>,
}

impl Stack {
    /// In bytes. Untouched pages take no memory.
    const SIZE: usize = 1 << 20;
    const GUARD: usize = 64 << 10;

    fn new() -> io::Result<Self> {
        let length = NonZeroUsize::new(Self::GUARD + Self::SIZE).ok_or(io::ErrorKind::InvalidInput)?;
        let access = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        let flags = MapFlags::MAP_PRIVATE | MapFlags::MAP_STACK | MapFlags::MAP_NORESERVE;
        // SAFETY: new memory, wherever the kernel has room.
        let lowest = unsafe { mmap_anonymous(None, length, access, flags) }?;
        let stack = Stack { lowest };
        // SAFETY: the lowest pages of the new memory, which nobody uses.
        unsafe { mprotect(lowest, Self::GUARD, ProtFlags::PROT_NONE) }?;
        Ok(stack)
    }

    fn top(&mut self) -> *mut libc::c_void {
        // SAFETY: one past the end of the memory.
        unsafe { self.lowest.as_ptr().byte_add(Self::GUARD + Self::SIZE) }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: this value's own memory, which nobody runs on any more.
        let _ = unsafe { munmap(self.lowest, Self::GUARD + Self::SIZE) };
    }
}

/// Signals the process behind a pidfd: never a stranger that got its pid later. One that has ended is
/// no error.
/// Of a process that is there now (pidfd_open(2)).
pub(super) fn pidfd_of(pid: u32) -> io::Result<OwnedFd> {
    let pid = libc::c_long::from(pid.cast_signed());
    // SAFETY: takes numbers only.
    let fd = unsafe { libc::syscall(libc::SYS_pidfd_open, pid, NONE) };
    if fd == -1 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: a new descriptor that nobody else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(fd as libc::c_int) })
}

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
