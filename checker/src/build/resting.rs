//! Compilers that have nothing more to do, and are left asleep.
//!
//! To end one costs the kernel 5 ms of a processor: it has 100 MiB to take back. Where one program is compiled and
//! then driven, that would be just when its scenarios begin. Asleep it costs nothing, and when the last verdict is told
//! nobody waits for it any more.

use std::io;
use std::process::{Child, Command};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::linking::Waiting;
use super::process;

/// Those of one builder, which end with it.
#[derive(Debug)]
pub struct Resting {
    starter: Sender<(Command, Sender<io::Result<Child>>)>,
    compilers: Mutex<Vec<(Child, Waiting)>>,
}

impl Resting {
    /// With a thread that starts them: a compiler dies with the one that has started it ([`process::bound`]), and those
    /// that build have an end before this.
    pub fn new() -> io::Result<Self> {
        let (starter, orders) = channel::<(Command, Sender<io::Result<Child>>)>();
        thread::Builder::new().spawn(move || {
            for (mut command, started) in orders {
                drop(started.send(command.spawn()));
            }
        })?;
        Ok(Resting { starter, compilers: Mutex::default() })
    }

    /// Starts one that may rest later.
    pub(super) fn start(&self, compiler: Command) -> io::Result<Child> {
        let (started, told) = channel();
        let gone = || io::Error::other("the thread that starts compilers is gone");
        self.starter.send((compiler, started)).map_err(|_| gone())?;
        told.recv().map_err(|_| gone())?
    }

    /// As long as `call` is open, the compiler believes that its linker is at work.
    pub(super) fn take(&self, compiler: Child, call: Waiting) {
        self.compilers.lock().unwrap_or_else(PoisonError::into_inner).push((compiler, call));
    }
}

impl Drop for Resting {
    fn drop(&mut self) {
        let compilers = self.compilers.get_mut().unwrap_or_else(PoisonError::into_inner);
        for (compiler, call) in compilers.drain(..) {
            // Before it can learn of the end of the call.
            process::end(compiler);
            drop(call);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::os::unix::process::CommandExt;
    use std::path::Path;
    use std::process::Stdio;
    use std::time::Duration;

    use nix::errno::Errno;
    use nix::sys::signal::Signal;
    use nix::sys::wait::{Id, WaitPidFlag, WaitStatus, waitid};
    use nix::unistd::Pid;

    use super::*;
    use crate::build::linking::{Ahead, Prepared};

    #[test]
    fn it_outlives_the_thread_that_builds_and_not_its_builder() {
        let folder = tempfile::tempdir().unwrap();
        let resting = Resting::new().unwrap();
        let build = || {
            let mut compiler = Command::new("cat");
            compiler.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
            process::bound(&mut compiler, Duration::from_secs(60));
            let linker = Ahead { program: "true".into(), unwinder: None };
            let prepared = Prepared::new(linker, folder.path(), &mut compiler).unwrap();
            let mut compiler = resting.start(compiler).unwrap();
            let pid = Pid::from_raw(compiler.id().cast_signed());
            let conversation = (compiler.stdin.take().unwrap(), compiler.stdout.take().unwrap());
            resting.take(compiler, prepared.start(None, Duration::from_secs(60)).unwrap());
            (pid, conversation, nix::unistd::gettid())
        };
        let (pid, (mut to, mut from), thread) = thread::scope(|scope| scope.spawn(build).join().unwrap());
        // When it is out of the list, the kernel has told its children.
        while Path::new(&format!("/proc/self/task/{thread}")).exists() {
            thread::yield_now();
        }
        to.write_all(b"?").unwrap();
        assert_eq!(from.read(&mut [0]).unwrap(), 1, "it answers");
        drop(resting);
        // Another test may have buried it.
        let ended = [Ok(WaitStatus::Signaled(pid, Signal::SIGKILL, false)), Err(Errno::ECHILD)];
        assert!(ended.contains(&waitid(Id::Pid(pid), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT)));
    }
}
