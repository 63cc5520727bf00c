//! From a failure to sentences for somebody who is to learn from it. Pure: no socket, no file, no clock.
//!
//! The causes that it names are read off the structure of what was recorded, never off the text of an error.

mod arrival;
mod case;
mod channel;
mod compare;
mod datagram;
mod difference;
mod ending;
mod extra;
mod file;
mod holders;
pub mod literal;
mod seen;
mod signals;
mod stream;
mod waiting;
pub mod words;

#[cfg(test)]
mod tests;

use serde::Serialize;

use self::case::{Case, Told};
use self::channel::Channel;
use self::literal::harmless;
use self::stream::Came;
use super::outcome::{CompileTrouble, Detail, Failure};
use crate::record::fact::Fact;
use crate::record::observation::Observation;

pub(crate) use self::signals::ending;

/// A failure in words: lines of plain text, in which nothing is left that could steer a terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The author's sentence on the step that was not met.
    pub why: Option<String>,
    pub expected: Vec<String>,
    /// Stands under `expected`, so that columns align; may hold a line with a caret.
    pub got: Vec<String>,
    /// What the kernel saw of the programs.
    pub seen: Vec<String>,
    /// What the difference, or the ending, commonly means.
    pub advice: Option<String>,
}

/// Columns that a line with bytes in it takes at most, where nobody says otherwise.
pub const COLUMNS: usize = 68;

/// Says what `failure` is. Without an observation (nothing ran) less is known.
pub fn explain(failure: &Failure, observation: Option<&Observation>) -> Explanation {
    explain_within(failure, observation, COLUMNS)
}

/// The same, with the lines of bytes cut to `columns`. Sentences may be longer: they can be wrapped.
pub fn explain_within(failure: &Failure, observation: Option<&Observation>, columns: usize) -> Explanation {
    let case = Case { failure, observation, columns };
    let Told { expected, got, advice } = detail(&case);
    let why = failure.step.as_ref().and_then(|step| step.why.clone());
    let why = why.map(|why| harmless(why.as_bytes()));
    Explanation { why, expected, got, seen: seen::tell(&case), advice }
}

fn detail(case: &Case) -> Told {
    match &case.failure.detail {
        Detail::Fact(fact) => self::fact(case, fact),
        Detail::Crash { part, exit, panic, fact } => {
            let expected = fact.as_ref().map_or_else(Vec::new, |fact| self::fact(case, fact).expected);
            ending::crash(case, part, *exit, panic.as_deref(), expected)
        }
        Detail::Limit { part, which } => ending::limit(case, part, *which, ""),
        Detail::Compile { why: CompileTrouble::Errors, rendered } => {
            // rustc's own words for E0432 and E0433; it goes on to advise `cargo add`, which is of no use here.
            let misses_a_crate =
                ["unlinked crate", "no external crate"].iter().any(|it| rendered.contains(it));
            Told::new("a program that compiles", "the compiler found errors, so nothing was run").advise(
                match misses_a_crate {
                    true => {
                        "Crates can't be added, for the manifest is the course's: use std. A module of your own needs \
                         a line `mod name;`."
                    }
                    false => "Begin with the first error: the others often come of it.",
                },
            )
        }
        Detail::Compile { why: CompileTrouble::TooLong, .. } => {
            Told::new("a program that compiles", "the compiler took longer than it may, and was stopped")
        }
        Detail::Compile { why: CompileTrouble::TooMuch, .. } => Told::new(
            "a program that compiles",
            "the compiler needed more memory or room than it may, and was stopped",
        ),
        Detail::NoSource { path, trouble } => {
            Told::new(format!("a program in {}", harmless(path.as_bytes())), harmless(trouble.as_bytes()))
        }
    }
}

fn fact(case: &Case, fact: &Fact) -> Told {
    match fact {
        Fact::NotReady { part, protocol, want, found } => {
            arrival::not_ready(case, part, *protocol, *want, found)
        }
        Fact::NotConnected { part, to, refused } => arrival::not_connected(case, part, *to, *refused),
        Fact::NotAccepted { at, first, unclaimed, .. } => {
            arrival::not_accepted(case, *at, first.as_deref(), unclaimed)
        }
        Fact::Stream { part, want, got, differs, end } => {
            let came = Came { channel: Channel::of(part), got, differs: *differs, end: *end };
            stream::tell(case, want, &came)
        }
        Fact::Datagram { part, want, got } => datagram::tell(case, part, want, got.as_ref()),
        Fact::Misdirected { part, arrived_at, payload } => {
            datagram::misdirected(case, part, arrived_at, payload)
        }
        Fact::Unwanted { part, connections } => arrival::unwanted(case, part, connections),
        Fact::NotRead { part, sent, of, unread } => arrival::not_read(case, part, *sent, *of, *unread),
        Fact::StillRunning { part } => ending::still_running(case, part),
        Fact::Exit { part, want, got, reason_missing, last_line } => {
            ending::exit(case, part, want, *got, *reason_missing, last_line.as_deref())
        }
        Fact::Left { part, processes } => ending::left(case, part, processes),
        Fact::Survived { part, processes } => ending::survived(case, part, processes),
        Fact::File { path, want, found } => file::tell(case, path, want, found),
        Fact::Holders { part, main, holdings, children, problem } => {
            holders::tell(case, part, *main, holdings, children, problem)
        }
        Fact::Ended { part } => ending::ended(case, part),
        Fact::Limit { part, which, detail } => ending::limit(case, part, *which, detail),
        Fact::Panicked { part } => ending::panicked(case, part),
    }
}
