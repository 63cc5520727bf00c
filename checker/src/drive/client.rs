//! The checker's side of runners: has them born, hands each its job, takes the observation.

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::Shutdown;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread;

use nix::poll::{PollFd, PollFlags, poll};
use nix::sys::socket::{AddressFamily, SockFlag, SockType, socketpair};
use nix::unistd::Pid;

use super::job::Job;
use super::nursery::{self, Setting};
use super::runner;
use crate::record::observation::{Observation, Stop};
use crate::sandbox::{handover, priority};

/// The most that a runner may answer: an observation is bounded, a runner that was taken over is not.
const MOST: u64 = 64 * 1024 * 1024;

/// A scenario that takes longer than this, in milliseconds, is likely to wait for something.
const BUSY_MS: u8 = 60;

/// So often, in milliseconds, it is asked whether a scenario that waits is still of use.
const ASK_MS: u16 = 250;

/// The process in which runners are born. They end with it at the latest.
#[derive(Debug)]
pub struct Nursery {
    control: Option<OwnedFd>,
    process: Child,
}

/// A nursery that is started, and ended, beside everything else, in a thread of its own: it dies with the thread
/// that has started it.
#[derive(Debug, Default)]
pub struct Keeper {
    nursery: Arc<OnceLock<Result<Nursery, String>>>,
    /// As long as this is there, the nursery is.
    alive: OnceLock<Sender<Infallible>>,
}

impl Keeper {
    /// Starts it, unless that was done before; returns at once.
    pub fn start(&self) {
        let (alive, end) = channel::<Infallible>();
        if self.alive.set(alive).is_err() {
            return;
        }
        let kept = Arc::clone(&self.nursery);
        thread::spawn(move || {
            let started = Nursery::start();
            let started = started.map_err(|error| format!("can't start the process for runners: {error}"));
            drop(kept.set(started));
            // It never brings anything: only its end is waited for.
            let _ = end.recv();
        });
    }

    /// Nobody waits for what the runners still do: they are about to be let go, and whoever does that is not to wait
    /// while they tidy up.
    pub fn rest(&self) {
        if let Some(Ok(nursery)) = self.nursery.get() {
            priority::last(Pid::from_raw(nursery.process.id().cast_signed()));
        }
    }

    /// As [`Nursery::place`].
    pub fn place(&self, setting: &Setting) -> Result<Place, String> {
        self.start();
        self.nursery.wait().as_ref().map_err(Clone::clone)?.place(setting)
    }
}

/// A runner that readies itself for a job.
#[derive(Debug)]
pub struct Place {
    conversation: UnixStream,
    ready: bool,
}

impl Nursery {
    /// Starts it. It dies with the thread that started it.
    pub fn start() -> io::Result<Self> {
        let (control, theirs) =
            socketpair(AddressFamily::Unix, SockType::SeqPacket, None, SockFlag::SOCK_CLOEXEC)?;
        // By this name it is there even when its file was replaced meanwhile, as cargo does.
        let process = Command::new("/proc/self/exe")
            .arg0("checker")
            .args([nursery::ARGUMENT, &std::process::id().to_string()])
            .stdin(Stdio::from(theirs))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Its own group: what the terminal sends at Ctrl-C comes to the checker, which ends it.
            .process_group(0)
            .spawn()?;
        Ok(Nursery { control: Some(control), process })
    }

    /// Has a runner born, which enters its sandbox at once. `Err` is our own or the machine's trouble.
    pub fn place(&self, setting: &Setting) -> Result<Place, String> {
        self.deliver(setting).map_err(|error| format!("can't start a runner: {error}"))
    }

    fn deliver(&self, setting: &Setting) -> io::Result<Place> {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let (conversation, theirs) = UnixStream::pair()?;
        let control = self.control.as_ref().ok_or_else(gone)?;
        handover::send(control.as_fd(), &serde_json::to_vec(setting)?, &[theirs.as_fd()])?;
        Ok(Place { conversation, ready: false })
    }
}

impl Drop for Nursery {
    fn drop(&mut self) {
        self.control = None;
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Place {
    /// Waits until the runner has readied itself. What kept it from that is told when it is to drive.
    pub fn await_readiness(&mut self) {
        if !self.ready {
            let mut mark = [0; runner::READY.len()];
            // At an end instead, the answer will be missing too.
            drop(self.conversation.read_exact(&mut mark));
            self.ready = true;
        }
    }

    /// Has the runner ready itself for another scenario of the same owner's. False: it can't, since something of the
    /// last one may be left.
    pub fn again(&mut self) -> bool {
        let mut mark = [0; runner::READY.len()];
        let asked = self.conversation.write_all(runner::AGAIN);
        asked.and_then(|()| self.conversation.read_exact(&mut mark)).is_ok()
    }

    /// Drives one scenario in there. `waits` is called when it takes longer than one that never waits for
    /// time to pass, and from then on `of_use` every now and then: None as soon as that says no. `Err` is our own or
    /// the machine's trouble.
    pub fn drive(
        &mut self,
        job: &Job,
        waits: impl FnOnce(),
        of_use: impl Fn() -> bool,
    ) -> Result<Option<Observation>, String> {
        let mut programs = Vec::new();
        for (_, path) in &job.programs {
            let opened = File::open(path);
            programs.push(opened.map_err(|error| format!("opening {}: {error}", path.display()))?);
        }
        let answer = self.converse(job, &programs, waits, of_use);
        let Some(answer) = answer.map_err(|error| format!("talking to a runner: {error}"))? else {
            return Ok(None);
        };
        match serde_json::from_slice::<Observation>(&answer) {
            Ok(Observation { stop: Stop::Fault(message), .. }) => Err(message),
            Ok(observation) => Ok(Some(observation)),
            Err(_) if answer.is_empty() => Err("a runner ended without an answer".into()),
            Err(error) => Err(format!("a runner's answer can't be read: {error}")),
        }
    }

    /// When this returns, no process of a program is left. The runner lives no longer than its conversation.
    fn converse(
        &mut self,
        job: &Job,
        programs: &[File],
        waits: impl FnOnce(),
        of_use: impl Fn() -> bool,
    ) -> io::Result<Option<Vec<u8>>> {
        self.await_readiness();
        let mut text = serde_json::to_vec(job)?;
        text.push(b'\n');
        let fds: Vec<_> = programs.iter().map(AsFd::as_fd).collect();
        handover::send(self.conversation.as_fd(), runner::JOB, &fds)?;
        self.conversation.write_all(&text)?;
        let mut answered = [PollFd::new(self.conversation.as_fd(), PollFlags::POLLIN)];
        let mut called_off = false;
        if poll(&mut answered, BUSY_MS)? == 0 {
            waits();
            while !called_off && poll(&mut answered, ASK_MS)? == 0 {
                called_off = !of_use();
            }
        }
        if called_off {
            // To a runner that is as if the checker were gone. It answers when it has ended its programs.
            self.conversation.shutdown(Shutdown::Write)?;
        }
        let mut answer = Vec::new();
        BufReader::new((&self.conversation).take(MOST)).read_until(b'\n', &mut answer)?;
        Ok((!called_off).then_some(answer))
    }
}
