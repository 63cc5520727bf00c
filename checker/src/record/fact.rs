//! The fact at which a scenario stopped: what a step waited for, and what was there instead.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::bytes::Excerpt;
use super::observation::Exit;

/// Which kind of name an address has for the kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Protocol {
    Tcp,
    Udp,
}

/// What a step wanted to see on a stream or at a peer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Want {
    /// These bytes, next. A line has its `\n` here.
    Bytes(Excerpt),
    /// These lines, in any order (what is still missing).
    Lines(Vec<Excerpt>),
    /// A line that matches.
    Pattern(String),
    /// A stream of so many bytes.
    Blob {
        name: String,
        len: u64,
    },
    Eof {
        or_reset: bool,
    },
    Reset,
    Nothing {
        ms: u64,
    },
    Datagram {
        payload: Excerpt,
        from: SocketAddr,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    Open,
    Eof,
    Reset,
}

/// A connection at the checker's listener that no step has claimed, and how it began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unclaimed {
    pub from: SocketAddr,
    pub said: Excerpt,
}

/// One holder of a connection's other end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Process numbers as the program sees them.
    pub pid: u32,
    pub parent: u32,
    pub alive: bool,
}

/// What the kernel says of one connection of a process check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    pub connection: String,
    /// What the program told as its number.
    pub told: Option<u32>,
    pub holders: Vec<Holder>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FileFound {
    Missing,
    /// Not a regular file: `folder`, `symbolic link`, …
    Kind(String),
    /// Another content: where it differs first, and both around there.
    Differs {
        at: u64,
        want: Excerpt,
        got: Excerpt,
    },
    /// It should not be there.
    Present {
        len: u64,
    },
    /// Right, but not alone in its folder.
    Neighbours(Vec<String>),
}

/// Why a step's wish was not met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Fact {
    /// The program did not listen on, or bind, `want` (`found`: what it has instead).
    NotReady {
        part: String,
        protocol: Protocol,
        want: SocketAddr,
        found: Vec<SocketAddr>,
    },
    /// The checker's connection was refused (`refused`) or not answered.
    NotConnected {
        part: String,
        to: SocketAddr,
        refused: bool,
    },
    /// Nobody came to the checker's listener, or nobody with the right first line.
    NotAccepted {
        part: String,
        at: SocketAddr,
        first: Option<String>,
        unclaimed: Vec<Unclaimed>,
    },
    /// A stream (or stdout, stderr) is not as wanted. `differs`: offset of the first wrong byte.
    Stream {
        part: String,
        want: Want,
        got: Excerpt,
        differs: Option<u64>,
        end: End,
    },
    /// No datagram, a wrong one (`got`), or one from elsewhere.
    Datagram {
        part: String,
        want: Want,
        got: Option<(SocketAddr, Excerpt)>,
    },
    /// The datagram arrived, right in itself, at another peer.
    Misdirected {
        part: String,
        arrived_at: String,
        payload: Excerpt,
    },
    /// A connection came where none was to come.
    Unwanted {
        part: String,
        connections: Vec<Unclaimed>,
    },
    /// The program did not take in what was sent.
    NotRead {
        part: String,
        sent: u64,
        of: u64,
        unread: u64,
    },
    /// The program did not end.
    StillRunning {
        part: String,
    },
    /// It ended in another way, or without a reason where one was due.
    Exit {
        part: String,
        want: String,
        got: Exit,
        reason_missing: bool,
        last_line: Option<String>,
    },
    /// The program's processes had not all ended.
    Left {
        part: String,
        processes: Vec<Process>,
    },
    /// Others of its processes had not ended when its first one had (`processes`: those that are left still).
    Survived {
        part: String,
        processes: Vec<Process>,
    },
    File {
        path: String,
        want: String,
        found: FileFound,
    },
    Holders {
        part: String,
        main: u32,
        holdings: Vec<Holding>,
        children: Vec<u32>,
        problem: String,
    },
    /// The program ended on its own while it was still needed.
    Ended {
        part: String,
    },
    /// A program went over its limit.
    Limit {
        part: String,
        which: Limit,
        detail: String,
    },
    /// A program panicked in a thread, although all steps were met.
    Panicked {
        part: String,
    },
}

impl Fact {
    /// Whether the program took its end of a connection away: it may be about to end.
    pub fn is_hang_up(&self) -> bool {
        match self {
            Fact::Stream { end, .. } => *end != End::Open,
            Fact::NotConnected { refused, .. } => *refused,
            _ => false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    Memory,
    Processes,
    Output,
    Files,
    Cpu,
}

/// A process of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    pub pid: u32,
    pub name: String,
}
