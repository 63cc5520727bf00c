//! The stream that a step looked at: a connection, a program's output, or one side of a relay.

use super::case::Case;
use crate::record::fact::End;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Connection,
    Stdout,
    Stderr,
    Up,
    Down,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Channel<'a> {
    /// The part, without the stream's name.
    pub part: &'a str,
    pub kind: Kind,
}

impl<'a> Channel<'a> {
    /// Takes `server.stdout` apart.
    pub fn of(name: &'a str) -> Self {
        let (part, kind) = match name.rsplit_once('.') {
            Some((part, "stdout")) => (part, Kind::Stdout),
            Some((part, "stderr")) => (part, Kind::Stderr),
            Some((part, "up")) => (part, Kind::Up),
            Some((part, "down")) => (part, Kind::Down),
            _ => (name, Kind::Connection),
        };
        Channel { part, kind }
    }

    /// What stands before the bytes: `bob ← `.
    pub fn lead(self, case: &Case) -> String {
        let several = case.observation.is_some_and(|observation| observation.programs.len() > 1);
        match self.kind {
            Kind::Connection => format!("{} ← ", self.part),
            Kind::Up => "client → ".into(),
            Kind::Down => "server → ".into(),
            _ if several => format!("{}'s {}: ", self.part, self.name()),
            _ => format!("{}: ", self.name()),
        }
    }

    pub fn name(self) -> &'static str {
        match self.kind {
            Kind::Stdout => "stdout",
            Kind::Stderr => "stderr",
            Kind::Connection | Kind::Up | Kind::Down => "connection",
        }
    }

    pub fn is_output(self) -> bool {
        matches!(self.kind, Kind::Stdout | Kind::Stderr)
    }

    /// How the wait came to its end, when `so_far` ("nothing", "5 of 25 bytes") had come.
    pub fn outcome(self, case: &Case, so_far: &str, end: End) -> String {
        match (end, self.is_output()) {
            (End::Open, _) if case.all_ended() => format!("{so_far} {}", case.within()),
            (End::Open, true) => format!("{so_far} {}; {} is open", case.within(), self.name()),
            (End::Open, false) => format!("{so_far} {}; the connection is open", case.within()),
            (End::Eof, true) => format!("{so_far}, then the end of {}", self.name()),
            (End::Eof, false) => format!("{so_far}, then the end of the stream"),
            (End::Reset, _) => format!("{so_far}, then a reset"),
        }
    }
}

/// What an end of a stream means, and where it comes from.
pub(super) fn meaning(end: End, channel: Channel) -> Option<String> {
    match end {
        End::Reset => Some(
            "A reset comes of closing a socket while input still lies unread in it, or of ending with the \
             connection open."
                .into(),
        ),
        End::Eof if !channel.is_output() => Some(
            "A stream ends when the program drops its socket, shuts down the writing half, or ends itself."
                .into(),
        ),
        _ => None,
    }
}
