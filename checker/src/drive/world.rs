//! The parts of a running scenario and the one poll loop around them.

use std::io;
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, ppoll};

use super::happenings;
use super::interests::interests;
use super::job::Limits;
use super::kernel::sock_diag::SockDiag;
use super::part::conn::Conn;
use super::part::{Part, program};
use crate::record::fact::Limit;
use crate::record::transcript::{Entry, Happening, Preview, Transcript};
use crate::sandbox::{Process, Sandbox};

/// How often limits are looked at, and the longest that one poll waits.
const TICK: Duration = Duration::from_millis(20);

/// A part, and what it is called in the record.
#[derive(Debug)]
pub struct Slot {
    pub label: String,
    pub part: Part,
}

/// Everything there is while a scenario runs. Parts are never taken out: a connection stays as it is
/// until a step closes it.
#[derive(Debug)]
pub struct World {
    pub sandbox: Sandbox,
    pub diag: SockDiag,
    pub slots: Vec<Slot>,
    pub transcript: Transcript,
    pub limits: Limits,
    began: Instant,
    looked_at_limits: Instant,
}

/// What there is still when a scenario is over.
#[derive(Debug)]
pub struct Left {
    pub sandbox: Sandbox,
    pub programs: Vec<Process>,
    /// Every connection that there has been: the end on the checker's side, and the other one.
    pub connections: Vec<(SocketAddr, SocketAddr)>,
}

impl World {
    pub fn new(sandbox: Sandbox, limits: Limits) -> io::Result<Self> {
        let now = Instant::now();
        Ok(World {
            sandbox,
            diag: SockDiag::open()?,
            slots: Vec::new(),
            transcript: Transcript::default(),
            limits,
            began: now,
            looked_at_limits: now,
        })
    }

    /// Since the scenario began.
    pub fn elapsed_us(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    pub fn add(&mut self, label: impl Into<String>, part: Part) -> usize {
        self.slots.push(Slot { label: label.into(), part });
        self.slots.len() - 1
    }

    pub fn note(&mut self, slot: usize, what: Happening) {
        let part = self.slots[slot].label.clone();
        self.record(part, what);
    }

    pub fn record(&mut self, part: String, what: Happening) {
        let at_us = self.elapsed_us();
        // What one part says in one breath is one entry.
        if let Some(last) = self.transcript.entries.last_mut()
            && last.part == part
            && happenings::merge(&mut last.what, &what)
        {
            return;
        }
        self.transcript.push(Entry { at_us, part, what });
    }

    pub fn programs(&self) -> impl Iterator<Item = (&str, &program::Program)> {
        self.slots.iter().filter_map(|slot| match &slot.part {
            Part::Program(program) => Some((slot.label.as_str(), &**program)),
            _ => None,
        })
    }

    pub(super) fn programs_mut(&mut self) -> impl Iterator<Item = &mut program::Program> {
        self.slots.iter_mut().filter_map(|slot| match &mut slot.part {
            Part::Program(program) => Some(&mut **program),
            _ => None,
        })
    }

    /// Makes what programs that have ended leave behind ready for the next one.
    pub fn reuse(&mut self) {
        let World { slots, sandbox, .. } = self;
        sandbox.reuse(slots.iter_mut().filter_map(|slot| match &mut slot.part {
            Part::Program(program) if program.gone => Some(&mut program.process),
            _ => None,
        }));
    }

    /// Waits until something happens, for `timeout` at most, and takes it in.
    pub fn pump(&mut self, timeout: Duration) -> io::Result<()> {
        for slot in self.poll(timeout.min(TICK))? {
            self.pump_slot(slot)?;
        }
        if self.looked_at_limits.elapsed() >= TICK {
            self.looked_at_limits = Instant::now();
            self.look_at_limits();
        }
        Ok(())
    }

    /// Waits, and returns the slots at which there is something to take in or to do. A look of no time is for what is
    /// there now: it rests nowhere.
    fn poll(&self, timeout: Duration) -> io::Result<Vec<usize>> {
        let mut fds: Vec<PollFd> = Vec::with_capacity(self.slots.len() + 4);
        // Whose they are, in the same order.
        let mut owners = Vec::with_capacity(fds.capacity());
        for (at, slot) in self.slots.iter().enumerate() {
            interests(&slot.part, |fd, flags| {
                fds.push(PollFd::new(fd, flags));
                owners.push(at);
            });
        }
        // The checker's end of this pipe closes when the checker is gone, however it went.
        let stdin = io::stdin();
        fds.push(PollFd::new(stdin.as_fd(), PollFlags::POLLIN));
        let due = self.slots.iter().filter_map(|slot| slot.part.due()).min();
        let until_due = due.map(|due| due.saturating_duration_since(Instant::now()));
        let pause = until_due.map_or(timeout, |until_due| timeout.min(until_due));
        match ppoll(&mut fds, Some(pause.into()), None) {
            Ok(_) | Err(nix::errno::Errno::EINTR) => {}
            Err(errno) => return Err(errno.into()),
        }
        let is_ready = |fd: &PollFd| fd.revents().is_some_and(|events| !events.is_empty());
        if fds.pop().is_some_and(|checker| is_ready(&checker)) {
            return Err(io::Error::other("the checker is gone"));
        }
        let ready = fds.iter().zip(owners).filter(|(fd, _)| is_ready(fd)).map(|(_, owner)| owner);
        let mut ready: Vec<usize> = ready.collect();
        if due.is_some() {
            let now = Instant::now();
            let is_due = |due: Instant| timeout.is_zero() || due <= now;
            let is_due = |at: &usize| self.slots[*at].part.due().is_some_and(is_due);
            ready.extend((0..self.slots.len()).filter(is_due));
            ready.sort_unstable();
        }
        ready.dedup();
        Ok(ready)
    }

    fn pump_slot(&mut self, at: usize) -> io::Result<()> {
        let World { slots, diag, .. } = self;
        let mut happened: Vec<Happening> = Vec::new();
        let mut arrived = Vec::new();
        match &mut slots[at].part {
            Part::Program(program) => happened.extend(program.pump()?.into_iter().map(|seen| match seen {
                program::Seen::Stdout(bytes) => Happening::Stdout(bytes),
                program::Seen::Stderr(bytes) => Happening::Stderr(bytes),
                program::Seen::Exited(exit) => Happening::Exited(exit),
            })),
            Part::Listener(listener) => arrived = listener.pump(),
            Part::Conn(conn) => happenings::pump_conn(conn, &mut happened),
            Part::Udp(udp) => udp.pump(|from, bytes| {
                happened.push(Happening::ReceivedFrom(from, Preview::of(bytes)));
            }),
            Part::Relay(relay) => {
                let is_read = |theirs: SocketAddr, ours: SocketAddr| {
                    diag.connection(theirs, ours).is_ok_and(|socket| socket.is_none_or(|s| s.unread == 0))
                };
                happened.extend(relay.pump(is_read).into_iter().map(happenings::of_relay));
            }
        }
        for what in happened {
            self.note(at, what);
        }
        for (number, conn) in arrived {
            self.arrive(at, number, conn);
        }
        Ok(())
    }

    fn arrive(&mut self, listener: usize, number: u32, mut conn: Conn) {
        conn.unclaimed_at = Some(listener);
        let label = format!("{}·{number}", self.slots[listener].label);
        let from = conn.remote;
        let slot = self.add(label, Part::Conn(Box::new(conn)));
        self.note(slot, Happening::Accepted { from });
    }

    fn look_at_limits(&mut self) {
        let output_kib = u64::from(self.limits.output_kib);
        let World { slots, sandbox, .. } = self;
        for slot in slots {
            let Part::Program(program) = &mut slot.part else { continue };
            if program.limit.is_some() || program.gone {
                continue;
            }
            if program.memory_promise_mib.is_some() {
                program.look_at_peak();
            }
            program.limit = if program.broken_promise().is_some() {
                Some(Limit::Memory)
            } else if program.printed() > output_kib * 1024 {
                Some(Limit::Output)
            } else {
                sandbox.over_limits(&program.process).map(|over| match over {
                    crate::sandbox::limits::Over::Memory => Limit::Memory,
                    crate::sandbox::limits::Over::Processes => Limit::Processes,
                })
            };
            if program.limit.is_some() {
                program.process.signal_all(nix::sys::signal::Signal::SIGKILL);
            }
        }
    }

    /// Closes all that there is but the programs, and what those ran in.
    pub fn leave(self) -> Left {
        let mut left = Left { sandbox: self.sandbox, programs: Vec::new(), connections: Vec::new() };
        for slot in self.slots {
            match slot.part {
                Part::Program(program) => left.programs.push(program.process),
                Part::Conn(conn) => left.connections.push((conn.local, conn.remote)),
                Part::Relay(relay) => {
                    left.connections.extend(relay.connections().map(|conn| (conn.local, conn.remote)));
                }
                Part::Listener(_) | Part::Udp(_) => {}
            }
        }
        left
    }

    /// Ends every program and takes in what they said last.
    pub fn end_programs(&mut self) {
        for program in self.programs_mut() {
            program.ending = true;
            program.process.end();
            // What is still in the pipes belongs to the record; errors here change no verdict.
            drop(program.pump());
        }
    }
}
