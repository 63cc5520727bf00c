//! The linker, from its start to its end.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::sys::stat::Mode;
use nix::unistd::mkfifo;

use super::arguments;
use super::arrival::Arrival;
use super::stand_in::{ARGUMENT, DESCRIPTOR, FLAVOR};
use super::unwinder::Unwinder;
use crate::build::process::{self, Said, Woken};
use crate::sandbox::priority;

/// A linker that can be started ahead.
#[derive(Debug, Clone)]
pub struct Ahead {
    pub program: PathBuf,
    /// None: the programs get it from the shared library.
    pub unwinder: Option<Unwinder>,
}

/// What has to be there before the compiler is started.
#[derive(Debug)]
pub struct Prepared {
    linker: Ahead,
    stand_in: UnixStream,
    /// The end that the compiler, and so the stand-in, inherits.
    inherited: UnixStream,
    arguments: PathBuf,
    pipe: File,
}

/// A linker that waits for its arguments.
#[derive(Debug)]
pub struct Waiting {
    /// None when it has ended.
    linker: Option<Child>,
    unwinder: Option<Unwinder>,
    stand_in: UnixStream,
    /// Where the arguments are read from.
    arguments: PathBuf,
    /// As long as this is open, that reading waits.
    pipe: File,
}

/// What the stand-in's call came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Linked {
    /// The program is made.
    Yes,
    /// It is not; the stand-in has been told, and so the compiler will tell.
    No,
    /// The time was over.
    TooLate,
}

impl Prepared {
    /// For the compiler that `compiler` will start: where that calls [`stand_in`](super::stand_in()), the call comes
    /// here. `folder` is for the linker's own use.
    pub fn new(linker: Ahead, folder: &Path, compiler: &mut Command) -> io::Result<Self> {
        let arguments = folder.join("arguments");
        mkfifo(&arguments, Mode::S_IRUSR | Mode::S_IWUSR)?;
        // For both directions: so neither the linker's opening nor this one waits for the other.
        let pipe = File::options().read(true).write(true).custom_flags(libc::O_NONBLOCK).open(&arguments)?;
        let (stand_in, inherited) = UnixStream::pair()?;
        compiler.env(DESCRIPTOR, inherited.as_raw_fd().to_string());
        inherit(compiler, inherited.as_raw_fd());
        Ok(Prepared { linker, stand_in, inherited, arguments, pipe })
    }

    /// Starts the linker, to work in the folder `place`, when the compiler has been started.
    pub fn start(self, place: Option<&Path>, budget: Duration) -> io::Result<Waiting> {
        // From here on the compiler's end is seen too.
        let Prepared { linker: Ahead { program, unwinder }, stand_in, inherited, arguments, pipe } = self;
        drop(inherited);
        let mut from = OsString::from("@");
        from.push(&arguments);
        let mut linker = Command::new(program);
        linker.args([ARGUMENT, FLAVOR]).arg(from).env("LC_ALL", "C");
        if let Some(place) = place {
            linker.current_dir(place);
        }
        process::bound(&mut linker, budget);
        // Its start must keep nobody from theirs: there is time until it is called.
        priority::when_idle(&mut linker);
        linker.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        Ok(Waiting { linker: Some(linker.spawn()?), unwinder, stand_in, arguments, pipe })
    }
}

impl Waiting {
    /// Readable when the compiler links, or has ended without.
    pub fn call(&self) -> &UnixStream {
        &self.stand_in
    }

    /// Answers the call, after which there is no other. Whoever has called waits until this value is dropped, and then
    /// takes it that the linker has failed: where it has not, they are to be ended before.
    pub fn answer(&mut self, deadline: Instant) -> io::Result<Linked> {
        let left = deadline.saturating_duration_since(Instant::now());
        self.stand_in.set_read_timeout(Some(left.max(Duration::from_millis(1))))?;
        let (Some(arguments), Some(linker)) = (self.arguments()?, &mut self.linker) else {
            return Ok(Linked::No);
        };
        priority::as_usual(linker);
        let made = Arrival::watch(&arguments);
        let mut said = Said::of(linker)?;
        // Where that can't be written, the compiler finds out, and tells it in its own words.
        if self.tell(&arguments).is_err() {
            return Ok(Linked::No);
        }
        loop {
            match said.wait(made.as_ref().and_then(Arrival::as_fd), deadline)? {
                Woken::Said => {}
                Woken::AtItsEnd => break,
                Woken::TooLate => return Ok(Linked::TooLate),
                // It has nothing more to do.
                Woken::Called if made.as_ref().is_some_and(Arrival::has_come) => return Ok(Linked::Yes),
                Woken::Called => {}
            }
        }
        if let Some(mut linker) = self.linker.take()
            && linker.wait()?.success()
        {
            return Ok(Linked::Yes);
        }
        // Where nobody takes it any more, the compiler's own end tells the rest.
        drop(self.stand_in.write_all(&said.kept));
        Ok(Linked::No)
    }

    /// What the linker is to do; None where the compiler has ended without linking, or links in another way.
    fn arguments(&mut self) -> io::Result<Option<Vec<OsString>>> {
        let Some(mut words) = arguments::receive(&mut self.stand_in)? else { return Ok(None) };
        let known = words.len() >= 2 && words[0] == ARGUMENT && words[1] == FLAVOR;
        let arguments = known.then(|| words.split_off(2));
        Ok(match &self.unwinder {
            Some(unwinder) => arguments.map(|arguments| unwinder.put_into(arguments)),
            None => arguments,
        })
    }

    /// Lets the linker go on. It looks at the file twice, and may be at any point: a file takes the pipe's name,
    /// for whoever opens it now; whoever has opened the pipe gets the same from there.
    fn tell(&mut self, arguments: &[OsString]) -> io::Result<()> {
        let text = arguments::response_file(arguments);
        let whole = self.arguments.with_extension("whole");
        fs::write(&whole, &text)?;
        fs::rename(&whole, &self.arguments)?;
        // More than a pipe holds goes by the file alone.
        drop(self.pipe.write(&text));
        self.pipe = File::open("/dev/null")?;
        Ok(())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.linker.take().into_iter().for_each(process::bury);
    }
}

/// Has `descriptor` stay open in what `command` starts.
fn inherit(command: &mut Command, descriptor: RawFd) {
    let keep = move || {
        // SAFETY: the descriptor is open in the process that this one is a copy of.
        let descriptor = unsafe { BorrowedFd::borrow_raw(descriptor) };
        fcntl(descriptor, FcntlArg::F_SETFD(FdFlag::empty())).map(drop).map_err(Into::into)
    };
    // SAFETY: the closure makes one system call and allocates nothing.
    unsafe { command.pre_exec(keep) };
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::os::unix::fs::PermissionsExt;

    use nix::errno::Errno;
    use nix::sys::signal::Signal;
    use nix::sys::wait::{Id as WaitId, WaitPidFlag, WaitStatus, waitid};
    use nix::unistd::Pid;
    use tempfile::TempDir;

    use super::*;

    /// A linker that is a script, and the end of the conversation that a stand-in would have.
    struct Rehearsal {
        folder: TempDir,
        waiting: Waiting,
        stand_in: UnixStream,
    }

    impl Rehearsal {
        /// `$1` is where the script finds its arguments.
        fn new(script: &str) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let program = folder.path().join("linker");
            fs::write(&program, format!("#!/bin/sh\nset -- \"${{3#@}}\"\n{script}\n")).unwrap();
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
            let work = folder.path().join("work");
            fs::create_dir(&work).unwrap();
            let linker = Ahead { program, unwinder: None };
            let prepared = Prepared::new(linker, &work, &mut Command::new("compiler")).unwrap();
            let stand_in = prepared.inherited.try_clone().unwrap();
            let waiting = prepared.start(Some(folder.path()), Duration::from_secs(60)).unwrap();
            Rehearsal { folder, waiting, stand_in }
        }

        fn call(&mut self, words: &[&str]) {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            arguments::hand_over(&words, &mut self.stand_in).unwrap();
        }

        fn answer(self) -> (Linked, TempDir, UnixStream) {
            let Rehearsal { folder, mut waiting, stand_in } = self;
            (waiting.answer(Instant::now() + Duration::from_secs(30)).unwrap(), folder, stand_in)
        }
    }

    #[test]
    fn it_finds_its_arguments_however_often_it_looks_and_is_not_waited_for_when_it_is_done() {
        // Only when both copies are there has the program its name; the script itself does not end.
        let mut rehearsal =
            Rehearsal::new("cat \"$1\" > one; cat \"$1\" > two; touch part; mv part made; exec sleep 3600");
        let made = rehearsal.folder.path().join("made");
        rehearsal.call(&["-flavor", "gnu", "a b.o", "-o", made.to_str().unwrap(), "it's", ""]);
        let (linked, folder, _) = rehearsal.answer();
        assert_eq!(linked, Linked::Yes);
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("one"), format!("a\\ b.o\n-o\n{}\nit\\'s\n\"\"\n", made.display()));
        assert_eq!(read("two"), read("one"));
    }

    #[test]
    fn one_that_makes_its_program_in_place_is_waited_for() {
        let mut rehearsal = Rehearsal::new("cat \"$1\" > made");
        let made = rehearsal.folder.path().join("made");
        rehearsal.call(&["-flavor", "gnu", "-o", made.to_str().unwrap()]);
        let (linked, folder, _) = rehearsal.answer();
        assert_eq!(linked, Linked::Yes);
        assert!(fs::read_to_string(folder.path().join("made")).unwrap().starts_with("-o\n"));
    }

    #[test]
    fn what_it_says_when_it_fails_goes_to_the_stand_in() {
        let mut rehearsal = Rehearsal::new("cat \"$1\" > /dev/null; echo no such library >&2; exit 1");
        rehearsal.call(&["-flavor", "gnu", "-lnothing"]);
        let (linked, _, mut stand_in) = rehearsal.answer();
        assert_eq!(linked, Linked::No);
        let mut said = String::new();
        stand_in.read_to_string(&mut said).unwrap();
        assert_eq!(said, "no such library\n");
    }

    #[test]
    fn a_compiler_that_ends_without_it_or_calls_it_otherwise_leaves_nothing_behind() {
        for words in [None, Some(["-flavor", "darwin"])] {
            let mut rehearsal = Rehearsal::new("cat \"$1\" > told; exec sleep 3600");
            let linker = rehearsal.waiting.linker.as_ref().unwrap().id();
            match words {
                Some(words) => rehearsal.call(&words),
                None => rehearsal.stand_in.shutdown(std::net::Shutdown::Write).unwrap(),
            }
            let (linked, folder, _) = rehearsal.answer();
            assert_eq!(linked, Linked::No);
            // It was killed, and never told anything.
            let pid = Pid::from_raw(linker.cast_signed());
            let ended = waitid(WaitId::Pid(pid), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT);
            let killed = [Ok(WaitStatus::Signaled(pid, Signal::SIGKILL, false)), Err(Errno::ECHILD)];
            assert!(killed.contains(&ended), "{words:?}: {ended:?}");
            assert_eq!(fs::read(folder.path().join("told")).unwrap_or_default(), b"");
        }
    }

    #[test]
    fn its_time_is_bounded() {
        let mut rehearsal = Rehearsal::new("cat \"$1\" > /dev/null; exec sleep 3600");
        rehearsal.call(&["-flavor", "gnu", "-o", "/nowhere/made"]);
        assert_eq!(rehearsal.waiting.answer(Instant::now()).unwrap(), Linked::TooLate);
    }
}
