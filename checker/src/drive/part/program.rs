//! A student's program that runs, and its three standard streams.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use super::buffer::{Input, Output};
use crate::drive::kernel::proc;
use crate::drive::kernel::threads::Threads;
use crate::record::bytes::Excerpt;
use crate::record::fact::{End, Limit};
use crate::record::observation::Exit;
use crate::record::transcript::Preview;
use crate::sandbox::process::{self, Event, Process};

#[derive(Debug)]
pub struct Program {
    pub process: Process,
    /// The program's name, where the part has another.
    pub name: String,
    /// As the program sees it.
    pub pid: u32,
    pub stdin: Option<File>,
    pub stdin_queue: Output,
    close_stdin: bool,
    pub stdout: Printed,
    pub stderr: Printed,
    pub exit: Option<Exit>,
    /// Its first process has ended, and others had not by then.
    pub survived: bool,
    /// No process of it is left.
    pub gone: bool,
    pub peak_kib: u64,
    /// A step stopped it.
    pub stopped: bool,
    /// Resident memory that it must never have gone above.
    pub memory_promise_mib: Option<u32>,
    /// The checker itself ends it now: how it ends is no fact about it.
    pub ending: bool,
    pub limit: Option<Limit>,
    /// Of its processes, as far as they were looked at.
    pub threads: Threads,
}

/// One of a program's output streams.
#[derive(Debug)]
pub struct Printed {
    pub pipe: Option<File>,
    pub input: Input,
    head: Vec<u8>,
    tail: Vec<u8>,
    pace: Pace,
}

/// How eagerly a stream is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    /// As soon as anything comes.
    AtOnce,
    /// With a rest after each reading, which this is the end of.
    Resting(Option<Instant>),
}

impl Printed {
    /// Bytes of the beginning, and of the end, that are kept for reports.
    const KEPT: usize = 16 * 1024;
    /// Bytes of its end that are recorded.
    const SHOWN: usize = 4 * 1024;
    /// From one reading of stderr to the next, unless the program does something else meanwhile. std writes each
    /// piece of a formatted text there by itself, and to be woken for each crumb costs more than to write it, while
    /// hardly a step ever waits for one. A pipe holds what is written to it in that time.
    const REST: Duration = Duration::from_millis(1);

    fn new(pipe: Option<OwnedFd>, output_kib: u32, pace: Pace) -> Self {
        // One more than the limit, so that going over it is seen, and not a program that stands still.
        let input = Input::keeping(output_kib as usize * 1024 + 1);
        Printed { pipe: pipe.map(File::from), input, head: Vec::new(), tail: Vec::new(), pace }
    }

    pub fn wants_read(&self) -> bool {
        self.pipe.is_some() && self.input.end == End::Open && self.input.has_room() && self.due().is_none()
    }

    /// The end of its rest.
    pub fn due(&self) -> Option<Instant> {
        match self.pace {
            Pace::Resting(until) => until,
            Pace::AtOnce => None,
        }
    }

    fn pump(&mut self, mut seen: impl FnMut(&[u8])) {
        let Some(pipe) = &mut self.pipe else { return };
        let (head, tail, before) = (&mut self.head, &mut self.tail, self.input.total);
        let keep = |bytes: &[u8]| {
            seen(bytes);
            let room = Self::KEPT.saturating_sub(head.len()).min(bytes.len());
            head.extend_from_slice(&bytes[..room]);
            tail.extend_from_slice(&bytes[room..]);
            if tail.len() > 2 * Self::KEPT {
                tail.drain(..tail.len() - Self::KEPT);
            }
        };
        match &mut self.pace {
            Pace::AtOnce => self.input.fill(pipe, keep),
            Pace::Resting(until) => {
                self.input.gulp(pipe, keep);
                let more_may_come = self.input.total > before && self.input.end == End::Open;
                *until = more_may_come.then(|| Instant::now() + Self::REST);
            }
        }
        if self.input.end != End::Open {
            self.pipe = None;
        }
    }

    /// Beginning and end of all that was printed; what lies between is missing where it was much.
    pub fn kept(&self) -> Vec<u8> {
        [&self.head[..], &self.tail[..]].concat()
    }

    /// The end of what was printed, as it is recorded.
    pub fn excerpt(&self) -> Excerpt {
        let kept = self.kept();
        let mut excerpt = Excerpt::tail(&kept, Self::SHOWN);
        let missing = self.input.total - kept.len() as u64;
        excerpt.len += missing;
        excerpt.start += missing;
        excerpt
    }
}

/// What a look at a program brought.
#[derive(Debug)]
pub enum Seen {
    Stdout(Preview),
    Stderr(Preview),
    Exited(Exit),
}

impl Program {
    /// A program that was just started, and what it may print in all.
    pub fn new(mut process: Process, name: &str, memory_promise_mib: Option<u32>, output_kib: u32) -> Self {
        Program {
            name: name.to_owned(),
            pid: process.inner_pid(),
            stdin: process.take_stdin().map(File::from),
            stdin_queue: Output::default(),
            close_stdin: false,
            stdout: Printed::new(process.take_stdout(), output_kib, Pace::AtOnce),
            stderr: Printed::new(process.take_stderr(), output_kib, Pace::Resting(None)),
            exit: None,
            survived: false,
            gone: false,
            peak_kib: 0,
            stopped: false,
            memory_promise_mib,
            ending: false,
            limit: None,
            threads: Threads::default(),
            process,
        }
    }

    /// Everything that goes without waiting, in both directions.
    pub fn pump(&mut self) -> io::Result<Vec<Seen>> {
        let mut seen = Vec::new();
        // First the events: what a program printed before it ended is then certainly in its pipes.
        let mut ended = None;
        while let Some(event) = self.process.next_event()? {
            match event {
                Event::Exited { exit, peak_rss_kib, survived } => {
                    ended = Some(exit);
                    self.survived = survived;
                    self.peak_kib = self.peak_kib.max(peak_rss_kib);
                }
                Event::Empty => self.gone = true,
            }
        }
        self.stdout.pump(|bytes| seen.push(Seen::Stdout(Preview::of(bytes))));
        self.stderr.pump(|bytes| seen.push(Seen::Stderr(Preview::of(bytes))));
        if let Some(exit) = ended.filter(|_| !self.ending) {
            let exit = match exit {
                process::Exit::Code(code) => Exit::Code(code),
                process::Exit::Signal(signal) => Exit::Signal(signal),
            };
            self.exit = Some(exit);
            seen.push(Seen::Exited(exit));
        }
        self.pump_stdin();
        Ok(seen)
    }

    fn pump_stdin(&mut self) {
        if let Some(stdin) = &mut self.stdin {
            // A program that reads no stdin is not at fault by that: EPIPE is kept to itself.
            self.stdin_queue.flush(stdin);
            if self.close_stdin && self.stdin_queue.is_empty() {
                self.stdin = None;
            }
        }
    }

    /// Ends the program's stdin when all that was sent has gone.
    pub fn close_stdin(&mut self) {
        self.close_stdin = true;
        self.pump_stdin();
    }

    pub fn stdin_wants_write(&self) -> bool {
        self.stdin.is_some() && !self.stdin_queue.is_empty()
    }

    /// Bytes printed so far, on both streams.
    pub fn printed(&self) -> u64 {
        self.stdout.input.total + self.stderr.input.total
    }

    /// The promise of flat memory, in MiB, if it was broken.
    pub fn broken_promise(&self) -> Option<u32> {
        self.memory_promise_mib.filter(|&promise| self.peak_kib > u64::from(promise) * 1024)
    }

    /// Takes in the peak so far (VmHWM) of each process that lives.
    pub fn look_at_peak(&mut self) {
        let now = self.process.members().iter().map(|process| proc::peak_kib(process.pid)).max();
        self.peak_kib = self.peak_kib.max(now.unwrap_or_default());
    }

    /// The panic message on stderr: its place and its text, as std prints them since Rust 1.73.
    pub fn panic(&self) -> Option<String> {
        panic_in(&String::from_utf8_lossy(&self.stderr.kept()))
    }
}

fn panic_in(stderr: &str) -> Option<String> {
    let mut lines = stderr.lines();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("thread '") else { continue };
        let Some((_, place)) = rest.split_once(" panicked at ") else { continue };
        let message = lines.next().unwrap_or_default();
        return Some(format!("{} ({})", message.trim(), place.trim_end_matches(':')));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_known_by_stds_own_form() {
        let printed =
            "hello\nthread 'main' (12) panicked at src/main.rs:4:9:\nnot yet implemented\nnote: run with\n";
        assert_eq!(panic_in(printed).unwrap(), "not yet implemented (src/main.rs:4:9)");
        assert_eq!(panic_in("thread '<unnamed>' panicked at a.rs:1:1:\nx"), Some("x (a.rs:1:1)".into()));
        assert_eq!(panic_in("the thread panicked at nothing\n"), None);
    }
}
