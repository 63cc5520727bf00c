//! The typed steps of a scenario, as the course author wrote them.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::template::Template;

/// One scenario: a linear script over named parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Unique within its exercise; shown to students.
    pub name: String,
    /// Whole number above 0.
    pub points: u32,
    /// Whoever is graded learns the points, and neither name nor content.
    pub hidden: bool,
    /// Line of the scenario's `name` in its `exercise.toml`, from 1.
    pub line: u32,
    /// How long each wait may last, in seconds.
    pub deadline_s: u32,
    /// Room for files, in MiB.
    pub files_mib: u32,
    /// Files and sockets that a process of a program may hold open.
    pub open_files: u32,
    /// `addr` and the scenario's further addresses, by the name that templates use.
    pub addrs: BTreeMap<String, SocketAddr>,
    /// Variables by name (the exercise's, overridden by the scenario's).
    pub vars: BTreeMap<String, Generator>,
    /// The scenario, as an index among its exercise's, without whose passing this one says nothing.
    pub after: Option<usize>,
    pub steps: Vec<Step>,
}

/// How a variable's value is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Generator {
    /// N lower-case ASCII letters.
    Word(usize),
    /// N Chinese characters.
    Han(usize),
    /// N bytes of valid UTF-8 without `\n`.
    Text(usize),
    /// N bytes that are not UTF-8.
    Bytes(usize),
    /// N lines, each with its `\n`.
    Lines(usize),
    /// A whole number, both ends included.
    Number(u64, u64),
    /// A stream of this many bytes that is never held in memory.
    Blob(u64),
    /// The same, most of it zeros: a file of it takes up a sixteenth of its length.
    Sparse(u64),
}

impl Generator {
    /// The length of a stream, in bytes; None for what is held in memory.
    pub fn stream(&self) -> Option<u64> {
        match *self {
            Generator::Blob(len) | Generator::Sparse(len) => Some(len),
            _ => None,
        }
    }

    /// Whether a NUL may be among its bytes.
    pub fn may_hold_nul(&self) -> bool {
        matches!(self, Generator::Text(2..) | Generator::Bytes(2..))
    }
}

/// One step of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Where the step begins in `exercise.toml`, from 1.
    pub line: u32,
    /// The author's sentence for the student.
    pub why: Option<String>,
    pub action: Action,
}

/// A part, or one channel of it (`server.stdout`, `tap.up`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartRef {
    pub part: String,
    pub channel: Option<Channel>,
}

impl std::fmt::Display for PartRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.channel {
            None => f.write_str(&self.part),
            Some(channel) => write!(f, "{}.{}", self.part, channel.name()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Channel {
    Stdin,
    Stdout,
    Stderr,
    /// Of a relay: what the client sent.
    Up,
    /// Of a relay: what the server sent.
    Down,
}

impl Channel {
    pub fn name(self) -> &'static str {
        match self {
            Channel::Stdin => "stdin",
            Channel::Stdout => "stdout",
            Channel::Stderr => "stderr",
            Channel::Up => "up",
            Channel::Down => "down",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Action {
    Start {
        part: String,
        program: String,
        args: Vec<Template>,
        ready: Option<Ready>,
        /// Promise: resident memory never above this many MiB.
        memory_mib: Option<u32>,
    },
    /// SIGKILL to a program's first process alone, or to the one process that holds the other end of a connection.
    Stop {
        part: String,
    },
    /// SIGSTOP to all processes of a program, or to that one.
    Pause {
        part: String,
    },
    Resume {
        part: String,
    },
    Listen {
        part: String,
        at: Template,
    },
    Accept {
        part: String,
        on: String,
        /// A regular expression for the whole first line.
        first: Option<Template>,
    },
    Connect {
        part: String,
        to: Template,
        each: Option<u32>,
        /// A refusal is no failure: the connection is then one that was reset at once.
        or_refused: bool,
    },
    /// A UDP peer; on a port of the kernel's choice where `at` is absent.
    Bind {
        part: String,
        at: Option<Template>,
        each: Option<u32>,
    },
    Send {
        to: PartRef,
        data: Data,
        /// UDP: where to.
        address: Template,
        cut: Cut,
        until_read: bool,
    },
    Expect {
        of: PartRef,
        what: Expected,
        /// That nothing comes for so long, in milliseconds, or ever, will do too.
        or_nothing_ms: Option<u64>,
    },
    Close {
        what: PartRef,
        how: How,
    },
    Hold {
        part: String,
    },
    Release {
        part: String,
    },
    ExpectExit {
        part: String,
        ending: Ending,
        reason: Reason,
        /// Its first process must have been the last to end.
        alone: bool,
    },
    ExpectFile {
        path: Template,
        content: Content,
        alone: bool,
    },
    ExpectProcesses {
        part: String,
        want: Processes,
    },
    Relay {
        part: String,
        at: Template,
        to: Template,
        bytewise: bool,
    },
    File {
        path: Template,
        content: Data,
        mode: Option<u32>,
    },
    Folder {
        path: Template,
        mode: Option<u32>,
    },
    WaitMs(u64),
    Repeat {
        times: u32,
        steps: Vec<Step>,
    },
    For {
        part: String,
        order: Order,
        steps: Vec<Step>,
    },
}

/// What a program must have done before the next step begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ready {
    pub transport: Transport,
    pub at: Template,
    /// That it ends by itself will do too.
    pub or_ended: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Transport {
    Tcp,
    Udp,
}

/// Bytes to send or to write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Data {
    /// The text and one `\n`.
    Line(Template),
    Text(Template),
    Bytes(Vec<u8>),
    /// A variable made by [`Generator::Blob`].
    Blob(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cut {
    Whole,
    /// Ascending byte offsets.
    At(Vec<usize>),
    EachByte,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Expected {
    /// Exactly these bytes next.
    Data(Data),
    /// These lines, in any order.
    Lines(Vec<Template>),
    /// One line, matched whole.
    Matches(Template),
    Eof {
        or_reset: bool,
    },
    Reset,
    NothingMs(u64),
    Datagram {
        payload: Template,
        from: Template,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    Both,
    Write,
    Reset,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// One of these exit codes; not empty.
    Codes(Vec<i32>),
    Signal(i32),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reason {
    Open,
    /// stderr is not empty.
    Some,
    /// The last line of stderr contains this.
    Contains(Template),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    Blob(String),
    Text(Template),
    Absent,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Processes {
    /// Connections, each held by one process alone; the first by the program's first process.
    Holding(Vec<String>),
    Gone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    Forward,
    Reverse,
    Shuffled,
}

impl Scenario {
    /// Steps at the top level, as shown in "step 5 of 9".
    pub fn total(&self) -> usize {
        self.steps.len()
    }
}

impl Scenario {
    /// Whether any step starts this program.
    pub fn starts(&self, program: &str) -> bool {
        fn any(steps: &[Step], program: &str) -> bool {
            steps.iter().any(|step| match &step.action {
                Action::Start { program: started, .. } => started == program,
                Action::Repeat { steps, .. } | Action::For { steps, .. } => any(steps, program),
                _ => false,
            })
        }
        any(&self.steps, program)
    }
}
