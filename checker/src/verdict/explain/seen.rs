//! What the kernel saw of the programs when the scenario stopped.

use super::case::Case;
use super::signals::ending;
use super::words;
use crate::record::fact::{End, Fact, Protocol};
use crate::record::observation::{ProgramState, Socket, Wait};
use crate::record::transcript::Happening;
use crate::verdict::outcome::Detail;

/// The most lines told of one program.
const MOST: usize = 3;

pub(super) fn tell(case: &Case) -> Vec<String> {
    let Detail::Fact(fact) = &case.failure.detail else { return Vec::new() };
    case.states().iter().flat_map(|state| Seen { case, fact, state }.lines()).collect()
}

struct Seen<'a> {
    case: &'a Case<'a>,
    fact: &'a Fact,
    state: &'a ProgramState,
}

impl Seen<'_> {
    fn lines(&self) -> Vec<String> {
        if let Some(line) = self.ended() {
            return vec![line];
        }
        if self.state.state == "ended" {
            return Vec::new();
        }
        let mut lines = Vec::new();
        lines.extend(
            self.state
                .sockets
                .iter()
                .filter(|socket| socket.state == "LISTEN")
                .filter_map(|s| self.listener(s)),
        );
        lines.extend(
            self.state
                .sockets
                .iter()
                .filter(|socket| socket.state != "LISTEN")
                .filter_map(|s| self.traffic(s)),
        );
        lines.extend(self.process());
        lines.extend(self.open_connections());
        lines.truncate(MOST);
        lines
    }

    /// Its end, where the fact itself does not tell of it.
    fn ended(&self) -> Option<String> {
        let told = matches!(
            self.fact,
            Fact::Exit { .. } | Fact::Ended { .. } | Fact::Panicked { .. } | Fact::Limit { .. }
        );
        let record = self.case.record(&self.state.part)?;
        let exit = record.exit.filter(|_| !record.stopped && !told)?;
        Some(format!("{} has ended: {}", self.program(), ending(exit)))
    }

    fn program(&self) -> String {
        self.case.program(&self.state.part)
    }

    fn listener(&self, socket: &Socket) -> Option<String> {
        if socket.unread > 0 {
            let waits = if socket.unread == 1 { "connection waits" } else { "connections wait" };
            let again = if self.has_accepted(socket) { " again" } else { "" };
            return Some(format!(
                "{} {waits} in the listen queue: {} has not called accept(){again}",
                words::number(socket.unread),
                self.program()
            ));
        }
        let asked = match self.fact {
            Fact::NotConnected { to, .. } => *to != socket.local,
            _ => false,
        };
        asked.then(|| format!("{} listens on {}", self.program(), socket.local))
    }

    /// Whether more have connected to this listener than wait there.
    fn has_accepted(&self, listener: &Socket) -> bool {
        let port = listener.local.port();
        let came = self.case.entries().iter();
        let came = came.filter(
            |entry| matches!(entry.what, Happening::Connected { remote, .. } if remote.port() == port),
        );
        came.count() as u64 > listener.unread
            || self.state.sockets.iter().any(|s| s.state != "LISTEN" && s.local.port() == port)
    }

    /// A connection, or a UDP socket, in which something is stuck.
    fn traffic(&self, socket: &Socket) -> Option<String> {
        let peer = socket.remote.and_then(|remote| self.case.part_at(remote));
        let whose = peer.map_or_else(|| "".into(), |part| format!(" from {part}"));
        if socket.unread > 0 {
            let (what, lie) = match socket.unread {
                // Of datagrams the kernel counts what it takes to keep them, which is much more than they hold.
                _ if socket.state == "BOUND" => ("what came".to_owned(), "lies"),
                1 => (words::bytes(1), "lies"),
                unread => (words::bytes(unread), "lie"),
            };
            // Who is at work may be about to read it.
            let asleep = self.waits() && self.state.state == "sleeping";
            let is_sure = asleep || matches!(self.fact, Fact::NotRead { .. });
            if !is_sure && !self.waits() {
                return None;
            }
            let so = if is_sure { ": it is not reading" } else { "" };
            let program = self.program();
            return Some(format!("{what}{whose} {lie} unread in {program}'s socket on {}{so}", socket.local));
        }
        if socket.unsent > 0 {
            let other = peer.unwrap_or("the other side");
            return Some(format!(
                "{} that {} sent are not yet taken by {other}",
                words::bytes(socket.unsent),
                self.program()
            ));
        }
        (socket.state == "CLOSE_WAIT" && socket.protocol == Protocol::Tcp).then(|| {
            let other = peer.unwrap_or("the other side");
            format!("{other} has ended its side; {} still holds its own end open", self.program())
        })
    }

    fn process(&self) -> Option<String> {
        match self.state.state.as_str() {
            "running" => Some(format!("{} is busy on a processor", self.program())),
            "stopped" => Some(format!("{} is stopped by a signal", self.program())),
            "sleeping" if self.waits() => self.waiting(),
            _ => None,
        }
    }

    /// In which calls it waits, and for what. That a thread waits for another of the same program says
    /// something only where none waits for anything else.
    fn waiting(&self) -> Option<String> {
        let mut waits: Vec<&Wait> = self.state.waits.iter().collect();
        if waits.iter().any(|wait| **wait != Wait::Thread) {
            waits.retain(|wait| **wait != Wait::Thread);
        }
        let more = waits.len().saturating_sub(MOST);
        let mut told: Vec<String> = waits.into_iter().take(MOST).map(|wait| self.wait(wait)).collect();
        if more > 0 {
            told.push(format!("{} more", words::number(more as u64)));
        }
        let last = told.pop()?;
        let all = if told.is_empty() { last } else { format!("{} and {last}", told.join(", ")) };
        Some(format!("{} waits {all}", self.program()))
    }

    fn wait(&self, wait: &Wait) -> String {
        let other = |remote| self.case.part_at(remote).map_or_else(|| remote.to_string(), str::to_owned);
        match *wait {
            Wait::Accept(at) => format!("in accept() on {at}, for a connection"),
            Wait::Read(remote) => format!("in read(), for more from {}", other(remote)),
            Wait::Datagram(at) => format!("in recv_from() on {at}, for a datagram"),
            Wait::Stdin => "in read(), for more on stdin".into(),
            Wait::Pipe => "in read(), for more in a pipe".into(),
            Wait::Poll => "in poll(), for any of its sockets and pipes".into(),
            Wait::Child => "in wait(), for the end of a child process".into(),
            Wait::Thread => "for another of its own threads, in join() or at a lock".into(),
            Wait::Sleep => "in sleep(), for time to pass".into(),
        }
    }

    /// Whether the fact is one of waiting in vain, so that the program's sleep says something.
    fn waits(&self) -> bool {
        match self.fact {
            Fact::Stream { differs, end, .. } => differs.is_none() && *end == End::Open,
            Fact::Datagram { got, .. } => got.is_none(),
            Fact::NotReady { found, .. } => found.is_empty(),
            Fact::NotAccepted { .. } | Fact::StillRunning { .. } => true,
            _ => false,
        }
    }

    fn open_connections(&self) -> Option<String> {
        let open =
            self.state.sockets.iter().filter(|s| s.protocol == Protocol::Tcp && s.remote.is_some()).count();
        (open > 1).then(|| format!("{} connections are open", words::number(open as u64)))
    }
}
