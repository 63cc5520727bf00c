//! What the sentences are made from, and what they are put together in.

use std::net::SocketAddr;

use unicode_width::UnicodeWidthStr;

use super::literal::quoted_within;
use super::words;
use crate::record::bytes::Excerpt;
use crate::record::observation::{Observation, ProgramRecord, ProgramState};
use crate::record::transcript::{Entry, Happening};
use crate::verdict::outcome::Failure;

/// A failure, all that was observed, and the columns that a line may take.
pub(super) struct Case<'a> {
    pub failure: &'a Failure,
    pub observation: Option<&'a Observation>,
    pub columns: usize,
}

/// The sentences of one fact.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub expected: Vec<String>,
    pub got: Vec<String>,
    pub advice: Option<String>,
}

impl Told {
    pub fn new(expected: impl Into<String>, got: impl Into<String>) -> Self {
        Told { expected: vec![expected.into()], got: vec![got.into()], advice: None }
    }

    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl<'a> Case<'a> {
    /// `within 5 s`, or how else the waiting ended. Also after `nothing`, `no datagram`, ….
    pub fn within(&self) -> String {
        if self.all_ended() {
            return "before the program ended".into();
        }
        if self.failure.at_rest {
            return "before the whole program came to rest".into();
        }
        format!("within {}", words::duration(self.failure.waited_ms))
    }

    /// Whether no program was left that could have done anything more.
    pub fn all_ended(&self) -> bool {
        self.observation.is_some_and(|observation| {
            let mut programs = observation.programs.iter();
            !observation.programs.is_empty()
                && programs
                    .all(|program| program.exit.is_some() && !program.stopped && program.left.is_empty())
                && observation.kernel.iter().all(|state| state.processes == 0)
        })
    }

    pub fn record(&self, part: &str) -> Option<&'a ProgramRecord> {
        self.observation?.programs.iter().find(|program| program.part == part)
    }

    pub fn state(&self, part: &str) -> Option<&'a ProgramState> {
        self.observation?.kernel.iter().find(|state| state.part == part)
    }

    pub fn states(&self) -> &'a [ProgramState] {
        self.observation.map_or(&[], |observation| &observation.kernel)
    }

    pub fn entries(&self) -> &'a [Entry] {
        self.observation.map_or(&[], |observation| &observation.transcript.entries)
    }

    /// `the program`, or its name where there are several.
    pub fn program(&self, part: &str) -> String {
        match self.observation {
            Some(observation) if observation.programs.len() > 1 => part.to_owned(),
            _ => "the program".to_owned(),
        }
    }

    /// The part of the checker's whose end of a connection is `address`.
    pub fn part_at(&self, address: SocketAddr) -> Option<&'a str> {
        let of =
            |entry: &&Entry| matches!(entry.what, Happening::Connected { local, .. } if local == address);
        self.entries().iter().rev().find(of).map(|entry| entry.part.as_str())
    }

    /// `lead` and the beginning of `excerpt`, in one line; with its length if `counted`, or if it is cut.
    pub fn line(&self, lead: &str, excerpt: &Excerpt, counted: bool) -> String {
        let length = format!(" ({})", words::bytes(excerpt.len));
        let ahead = if excerpt.start > 0 { "…" } else { "" };
        let room = self.columns.saturating_sub(lead.width() + length.width() + ahead.width()).max(12);
        let text = quoted_within(&excerpt.window, excerpt.len.saturating_sub(excerpt.start), room);
        let cut = excerpt.start > 0 || text.ends_with("…\"");
        format!("{lead}{ahead}{text}{}", if cut || counted { &length } else { "" })
    }
}
