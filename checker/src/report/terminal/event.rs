//! One thing that happened, in words that fit a column.

use std::net::SocketAddr;

use unicode_width::UnicodeWidthStr;

use super::text::cut;
use crate::record::transcript::Preview;
use crate::verdict::explain::literal::quoted_within;
use crate::verdict::explain::words;

/// An event as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// Bytes, behind what says whose they are.
    Said { lead: &'static str, data: Preview, kind: Kind },
    /// In full, then ever shorter, for a narrow column.
    Words(Vec<String>),
    /// The same, of what changes the course of things: a connection closed by a step, a signal, an end.
    Turn(Vec<String>),
    /// So many events are not shown.
    LeftOut(u64),
    /// What was not met.
    Unmet(String),
}

/// What bytes came, or went, as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of a stream; we had cut it in so many pieces.
    Stream { pieces: u32 },
    /// A datagram, from an address that is not the program's known one.
    Datagram { from: Option<SocketAddr> },
}

impl Event {
    pub fn words(words: impl Into<String>) -> Self {
        Event::Words(vec![words.into()])
    }

    /// In at most `columns`.
    pub fn show(&self, columns: usize) -> String {
        match self {
            Event::Said { lead, data, kind } => said(lead, data, kind, columns),
            Event::Words(forms) | Event::Turn(forms) => {
                let fits = forms.iter().find(|form| form.width() <= columns).or(forms.last());
                fits.map_or_else(String::new, |form| cut(form, columns))
            }
            Event::LeftOut(n) => {
                cut(&format!("… {} …", words::count(*n, "more event", "more events")), columns)
            }
            Event::Unmet(words) => cut(&format!("✗ {words}"), columns),
        }
    }
}

fn said(lead: &str, data: &Preview, kind: &Kind, columns: usize) -> String {
    if data.len == 0 {
        return cut(&format!("{lead}an empty datagram"), columns);
    }
    let mut behind = String::new();
    if data.len > data.head.len() as u64 {
        behind += &format!(" {} B", words::number(data.len));
    }
    match kind {
        Kind::Stream { pieces } if *pieces > 1 => behind += &format!(" in {pieces} pieces"),
        Kind::Datagram { from: Some(from) } => behind += &format!(" from {from}"),
        _ => {}
    }
    let room = columns.saturating_sub(lead.width() + behind.width());
    if room < 8 && !behind.is_empty() {
        return cut(
            &format!("{lead}{}", quoted_within(&data.head, data.len, columns.saturating_sub(lead.width()))),
            columns,
        );
    }
    // A literal needs three columns, and there may be less room than that behind a long lead.
    cut(&format!("{lead}{}{behind}", quoted_within(&data.head, data.len, room)), columns)
}
