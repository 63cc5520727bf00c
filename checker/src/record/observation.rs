//! The whole of what one run of one scenario showed.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::bytes::Excerpt;
use super::fact::{Fact, Limit, Process, Protocol};
use super::transcript::Transcript;

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exit {
    Code(i32),
    Signal(i32),
}

/// What one run of a scenario showed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Every random value of the run was made from it.
    pub seed: u64,
    /// The isolation rung it ran under, 0 to 4.
    pub rung: u8,
    pub stop: Stop,
    /// What the programs did, and what went over the wires: empty where every step was met, and there is nothing to
    /// explain.
    pub programs: Vec<ProgramRecord>,
    pub kernel: Vec<ProgramState>,
    pub transcript: Transcript,
    /// Microseconds from the beginning to the stop.
    pub took_us: u64,
    /// Whether the machine kept the program waiting for a processor during the last wait.
    pub starved: bool,
}

/// Where and why the script ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Stop {
    /// Every step was met.
    Finished,
    /// This step was not.
    Unmet(Box<Unmet>),
    /// Our own or the machine's trouble; nothing was learned about the program.
    Fault(String),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unmet {
    pub step: StepPlace,
    pub fact: Fact,
    /// How long the step had waited, in milliseconds.
    pub waited_ms: u64,
    /// It waited no longer since every thread of every program waited too, without a limit of time, and
    /// nothing was on its way.
    pub at_rest: bool,
}

/// A step's place in its scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPlace {
    /// From 1, at the top level; 0 stands for "after the last step".
    pub number: usize,
    pub total: usize,
    /// Line in `exercise.toml`, from 1.
    pub line: u32,
    pub why: Option<String>,
    /// Rounds of `repeat` and members of `for` around it, outermost first, from 0.
    pub rounds: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgramRecord {
    pub part: String,
    pub program: String,
    /// As the program sees it.
    pub pid: u32,
    /// None while it ran on (and was killed after the last step).
    pub exit: Option<Exit>,
    /// A step stopped it (`stop`).
    pub stopped: bool,
    pub stdout: Excerpt,
    pub stderr: Excerpt,
    /// The panic message on stderr, with its place, if there is one.
    pub panic: Option<String>,
    pub peak_kib: u64,
    pub limit: Option<Limit>,
    pub left: Vec<Process>,
}

/// What the kernel said of a program at the stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgramState {
    pub part: String,
    /// `sleeping`, `running`, `stopped`, `ended`.
    pub state: String,
    pub processes: u32,
    pub threads: u32,
    pub sockets: Vec<Socket>,
    /// What its threads wait for, each thing once; those that run are left out.
    pub waits: Vec<Wait>,
}

/// What a thread waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Wait {
    /// A connection to this listener.
    Accept(SocketAddr),
    /// More from the other end of a connection.
    Read(SocketAddr),
    /// A datagram, at this address.
    Datagram(SocketAddr),
    Stdin,
    /// A pipe from another process.
    Pipe,
    /// Any of several descriptors.
    Poll,
    Child,
    /// Another thread of its own.
    Thread,
    /// For a time, not for an event.
    Sleep,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Socket {
    pub protocol: Protocol,
    pub local: SocketAddr,
    /// None for a listener or an unconnected UDP socket.
    pub remote: Option<SocketAddr>,
    /// The kernel's word: `LISTEN`, `ESTABLISHED`, `CLOSE_WAIT`, …
    pub state: String,
    /// Listener: connections waiting to be accepted. Else: bytes that the program has not read.
    pub unread: u64,
    /// Bytes that the program sent and the other side has not taken.
    pub unsent: u64,
}
