//! The linker, started while the compiler is still at work.
//!
//! A third of the time that linking takes is the linker's own start. So it is started beside the compiler, and
//! waits for its arguments: they come from a file, which is a pipe that nobody writes to yet. What the compiler
//! calls in the linker's place is the checker itself, which hands over the arguments:
//!
//! ```text
//! checker ── starts ──→ compiler ── calls ──→ stand-in ── arguments ──→ checker
//!    └────── starts ──→ linker ←──────────────── arguments ────────────────┘
//! ```
//!
//! When the linker has made the program, nothing is left for the compiler to do but to tidy up (its own list of
//! what it can take over the next time is complete before it links): it is not waited for.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};
use nix::sys::stat::Mode;
use nix::unistd::mkfifo;

use super::process::{self, Said, Woken};

/// The first argument that the compiler gives a linker of this kind, and what follows it: so the stand-in is known.
pub const ARGUMENT: &str = "-flavor";
const FLAVOR: &str = "gnu";

/// The variable that tells the stand-in which of its descriptors leads to the checker.
const DESCRIPTOR: &str = "CHECKER_LINK";

/// The longest list of arguments, in bytes: a program of a thousand units has some hundred KiB.
const MOST: u64 = 4 << 20;

/// What has to be there before the compiler is started.
#[derive(Debug)]
pub struct Prepared {
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
    /// For the compiler that `compiler` will start: where that calls [`stand_in`], the call comes here. `folder` is
    /// for the linker's own use.
    pub fn new(folder: &Path, compiler: &mut Command) -> io::Result<Self> {
        let arguments = folder.join("arguments");
        mkfifo(&arguments, Mode::S_IRUSR | Mode::S_IWUSR)?;
        // For both directions: so neither the linker's opening nor this one waits for the other.
        let pipe = File::options().read(true).write(true).custom_flags(libc::O_NONBLOCK).open(&arguments)?;
        let (stand_in, inherited) = UnixStream::pair()?;
        compiler.env(DESCRIPTOR, inherited.as_raw_fd().to_string());
        inherit(compiler, inherited.as_raw_fd());
        Ok(Prepared { stand_in, inherited, arguments, pipe })
    }

    /// Starts the linker `program`, to work in the folder `place`, when the compiler has been started.
    pub fn start(self, program: &Path, place: Option<&Path>, budget: Duration) -> io::Result<Waiting> {
        // From here on the compiler's end is seen too.
        let Prepared { stand_in, inherited, arguments, pipe } = self;
        drop(inherited);
        let mut from = OsString::from("@");
        from.push(&arguments);
        let mut linker = Command::new(program);
        linker.args([ARGUMENT, FLAVOR]).arg(from).env("LC_ALL", "C");
        if let Some(place) = place {
            linker.current_dir(place);
        }
        process::bound(&mut linker, budget);
        linker.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        Ok(Waiting { linker: Some(linker.spawn()?), stand_in, arguments, pipe })
    }
}

impl Waiting {
    /// Readable when the compiler links, or has ended without.
    pub fn call(&self) -> &UnixStream {
        &self.stand_in
    }

    /// Answers the call, after which there is no other.
    pub fn answer(mut self, deadline: Instant) -> io::Result<Linked> {
        let (Some(arguments), Some(linker)) = (self.arguments()?, &mut self.linker) else {
            return Ok(Linked::No);
        };
        let made = Arrival::watch(&arguments);
        let mut said = Said::of(linker)?;
        self.tell(&arguments)?;
        loop {
            match said.wait(made.as_ref().map(Arrival::as_fd), deadline)? {
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

    /// What the linker is to do; None where the compiler has ended without linking.
    fn arguments(&mut self) -> io::Result<Option<Vec<OsString>>> {
        let mut length = [0; 8];
        match self.stand_in.read_exact(&mut length) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let length = u64::from_le_bytes(length).min(MOST);
        let mut text = Vec::new();
        (&self.stand_in).take(length).read_to_end(&mut text)?;
        let mut words = text.split(|byte| *byte == 0).map(|word| OsString::from_vec(word.to_vec()));
        let flavor = [words.next(), words.next()];
        let known = flavor == [ARGUMENT, FLAVOR].map(|word| Some(word.into()));
        Ok(known.then(|| words.collect()))
    }

    /// Lets the linker go on. It looks at the file twice, and may be at any point: a file takes the pipe's name,
    /// for whoever opens it now; whoever has opened the pipe gets the same from there.
    fn tell(&mut self, arguments: &[OsString]) -> io::Result<()> {
        let text = response_file(arguments);
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

/// The moment at which a program is whole: the linker gives it its name when it has written all of it
/// (`llvm::FileOutputBuffer::commit`).
struct Arrival {
    events: Inotify,
    name: OsString,
}

impl Arrival {
    /// Of what these arguments tell the linker to make. None where that is not told, or can't be watched: then the
    /// linker's end tells.
    fn watch(arguments: &[OsString]) -> Option<Self> {
        let made = arguments.iter().skip_while(|word| *word != "-o").nth(1).map(Path::new)?;
        let events = Inotify::init(InitFlags::IN_CLOEXEC | InitFlags::IN_NONBLOCK).ok()?;
        events.add_watch(made.parent()?, AddWatchFlags::IN_MOVED_TO).ok()?;
        Some(Arrival { events, name: made.file_name()?.to_owned() })
    }

    fn as_fd(&self) -> BorrowedFd<'_> {
        self.events.as_fd()
    }

    fn has_come(&self) -> bool {
        let come = self.events.read_events().unwrap_or_default();
        come.iter().any(|event| event.name.as_ref() == Some(&self.name))
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

/// As LLVM reads such a file (`cl::TokenizeGNUCommandLine`): words between blanks, a backslash before whatever
/// is not meant as it looks.
fn response_file(arguments: &[OsString]) -> Vec<u8> {
    let mut text = Vec::new();
    for argument in arguments {
        if argument.is_empty() {
            text.extend(b"\"\"");
        }
        for &byte in argument.as_bytes() {
            if byte.is_ascii_whitespace() || matches!(byte, b'\\' | b'"' | b'\'') {
                text.push(b'\\');
            }
            text.push(byte);
        }
        text.push(b'\n');
    }
    text
}

/// The stand-in's whole life: hands over its arguments and waits. That it is told anything means that the linker
/// has failed; when it has not, nobody needs the compiler or its stand-in any more.
pub fn stand_in() -> ExitCode {
    let descriptor = std::env::var(DESCRIPTOR).ok().and_then(|number| number.parse::<RawFd>().ok());
    let Some(descriptor) = descriptor.filter(|number| *number > 2) else {
        eprintln!("`{ARGUMENT}` is for the checker's own use: it calls itself so in the place of a linker");
        return ExitCode::from(2);
    };
    // SAFETY: the checker has opened it for this process alone, which has not touched it.
    let mut checker = UnixStream::from(unsafe { OwnedFd::from_raw_fd(descriptor) });
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let text = words.iter().map(|word| word.as_bytes()).collect::<Vec<_>>().join(&0);
    let mut said = Vec::new();
    let handed_over = checker
        .write_all(&(text.len() as u64).to_le_bytes())
        .and_then(|()| checker.write_all(&text))
        .and_then(|()| checker.read_to_end(&mut said));
    drop(handed_over.and_then(|_| io::stderr().write_all(&said)));
    ExitCode::FAILURE
}
