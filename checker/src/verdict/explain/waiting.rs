//! Why nothing may have come: told from who has spoken, and from what the program does meanwhile.

use super::case::Case;
use super::channel::{Channel, Kind};
use crate::record::observation::{ProgramState, Wait};
use crate::record::transcript::Happening;

/// Advice where nothing came on an open stream, if what the kernel saw leaves one likely cause.
pub(super) fn advice(case: &Case, channel: Channel) -> Option<String> {
    if computes(case) {
        return Some(
            "It is at work all the time, perhaps in a loop that nothing ends: at the end of a stream read() returns 0, \
             each time."
                .into(),
        );
    }
    if !rests(case) {
        return None;
    }
    match channel.kind {
        Kind::Connection if is_closed(case, channel.part) => None,
        Kind::Connection if has_typed(case) && waits_for_itself(case) => Some(LOCKED.into()),
        Kind::Connection if has_typed(case) => Some(
            "It has read what was typed, and holds it back: a BufWriter keeps bytes until flush(), and \
             reading stdin to its end waits for the end."
                .into(),
        ),
        Kind::Connection if has_spoken(case, channel.part) => Some(format!(
            "It has read all that {} sent, and waits for more. read_to_end() and read_to_string() return \
             only when the other side ends its stream; a line is whole with its \\n.",
            channel.part
        )),
        Kind::Connection if has_other_connections(case, channel.part) && waits_for_itself(case) => {
            Some(LOCKED.into())
        }
        Kind::Connection => Some(format!(
            "{} has said nothing so far: it is for the program to speak first. If it has: a BufWriter keeps bytes until \
             flush().",
            channel.part
        )),
        Kind::Stdout if waits_for_more(case) => Some(
            "It waits for more: read_to_end() and read_to_string() return only when the other side ends its stream. If \
             it has printed before, print! keeps that back until a line ends, or until stdout().flush() is called."
                .into(),
        ),
        Kind::Stdout => Some(
            "If it has printed: print! keeps text back until a line ends, or until stdout().flush() is called.".into(),
        ),
        _ => None,
    }
}

const LOCKED: &str = "One of its threads waits for another, in join() or at a lock. Is a lock held across a read()? Then \
    whoever needs it waits for that read() too.";

/// Whether a thread waits for another of its own program, and one for something else.
fn waits_for_itself(case: &Case) -> bool {
    let waits = |state: &ProgramState| {
        state.waits.contains(&Wait::Thread) && state.waits.iter().any(|wait| *wait != Wait::Thread)
    };
    case.states().iter().any(waits)
}

/// Whether others than `part` are connected to a program.
fn has_other_connections(case: &Case, part: &str) -> bool {
    let connected =
        |what: &Happening| matches!(what, Happening::Connected { .. } | Happening::Accepted { .. });
    case.entries().iter().any(|entry| entry.part != part && connected(&entry.what))
}

/// Whether a program was at work when nothing had come for as long as it may take.
fn computes(case: &Case) -> bool {
    case.states().iter().any(|state| state.state == "running")
}

/// Whether all programs sleep with nothing left to read or to accept.
fn rests(case: &Case) -> bool {
    let states = case.states();
    !states.is_empty()
        && states
            .iter()
            .all(|state| state.state == "sleeping" && state.sockets.iter().all(|socket| socket.unread == 0))
}

/// Whether a program waits for more from a connection.
fn waits_for_more(case: &Case) -> bool {
    let mut waits = case.states().iter().flat_map(|state| &state.waits);
    waits.any(|wait| matches!(wait, Wait::Read(_)))
}

fn has_spoken(case: &Case, part: &str) -> bool {
    case.entries().iter().any(|entry| entry.part == part && matches!(entry.what, Happening::Sent(_)))
}

/// Whether something was written to a program's stdin.
fn has_typed(case: &Case) -> bool {
    case.entries()
        .iter()
        .any(|entry| matches!(entry.what, Happening::Sent(_)) && case.record(&entry.part).is_some())
}

/// Whether the checker has ended its side.
fn is_closed(case: &Case, part: &str) -> bool {
    case.entries().iter().any(|entry| entry.part == part && matches!(entry.what, Happening::Closed { .. }))
}
