//! A step's reference to a part, or to one channel of it, and whether the verb fits it.

use crate::course::field::Field;
use crate::course::nearest::{list, meant, quoted};
use crate::scenario::step::{Channel, PartRef};

use super::parts::{Kind, Part, Past};
use super::script::Script;

const CHANNELS: [Channel; 5] = [Channel::Stdin, Channel::Stdout, Channel::Stderr, Channel::Up, Channel::Down];

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Program,
    Stdin,
    /// A program's stdout or stderr.
    Output,
    Listener,
    Connection,
    Udp,
    Relay,
    /// One direction of a relay.
    Side,
    /// There is a fault, which is told already.
    Unknown,
}

impl Sort {
    fn words(self) -> &'static str {
        match self {
            Sort::Program => "a program",
            Sort::Stdin => "a program's stdin",
            Sort::Output => "a program's output",
            Sort::Listener => "a listener",
            Sort::Connection => "a connection",
            Sort::Udp => "a UDP peer",
            Sort::Relay => "a relay",
            Sort::Side => "one side of a relay",
            Sort::Unknown => "unknown",
        }
    }
}

/// A reference that was looked up.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub reference: PartRef,
    pub sort: Sort,
    pub group: Option<u32>,
}

impl<'t> Script<'t, '_> {
    /// The name of a running or ended program.
    pub(super) fn program(&mut self, field: &Field<'t>) -> String {
        self.refer(field, &[Sort::Program]).reference.part
    }

    /// The name of a connection that was not closed.
    pub(super) fn read_from(&mut self, field: &Field<'t>) -> String {
        let found = self.refer(field, &[Sort::Connection]);
        self.refuse(field, &found, &[Past::Closed]);
        found.reference.part
    }

    /// Looks up what the value of `field` names; a fault where it is none of `fits`.
    pub(super) fn refer(&self, field: &Field<'t>, fits: &[Sort]) -> Found {
        let text = field.string().unwrap_or_default();
        let (name, channel) = match text.split_once('.') {
            Some((name, channel)) => (name, Some(channel)),
            None => (text.as_str(), None),
        };
        let parsed = channel.and_then(|word| CHANNELS.into_iter().find(|known| known.name() == word));
        let reference = PartRef { part: name.to_owned(), channel: parsed };
        let unknown = Found { reference: reference.clone(), sort: Sort::Unknown, group: None };
        if text.is_empty() && field.node.get_ref().as_str().is_none() {
            return unknown;
        }
        let Some(part) = self.parts.get(name) else {
            self.unknown_part(field, name);
            return unknown;
        };
        let Some(sort) = sort(part, channel, parsed) else {
            unknown_channel(field, part, channel.unwrap_or_default());
            return unknown;
        };
        if sort != Sort::Unknown && !fits.contains(&sort) {
            let message =
                format!("`{}` does not fit {}, which is {}", field.name, quoted(&text), sort.words());
            field.fault(message, cure(field.name, name, sort, fits));
            return unknown;
        }
        Found { reference, sort, group: part.group }
    }

    /// A fault of `field`, which names the part `name` that is not there.
    pub(super) fn unknown_part(&self, field: &Field<'t>, name: &str) {
        let place = field.span();
        let Some(at) = self.parts.foreseen(name, place.start) else {
            let cure = meant(name, self.parts.iter().map(|part| part.name.as_str()))
                .unwrap_or_else(|| "parts are made by `start`, `connect`, `listen`, `bind`, …".to_owned());
            field.fault(format!("there is no part {}", quoted(name)), cure);
            return;
        };
        let line = self.report.source.line(at);
        if at > place.start {
            let message = format!("there is no part {} yet", quoted(name));
            field.fault(message, format!("it is made later, on line {line}"));
        } else {
            let message = format!("there is no part {} any more", quoted(name));
            let cure =
                format!("it was made on line {line} within a `repeat` or `for`, and ended with its round");
            field.fault(message, cure);
        }
    }
}

/// What `part.channel` is; None where the part has no such channel.
fn sort(part: &Part, written: Option<&str>, channel: Option<Channel>) -> Option<Sort> {
    if part.kind == Kind::Unknown {
        return Some(Sort::Unknown);
    }
    match (part.kind, channel) {
        (Kind::Program, Some(Channel::Stdin)) => Some(Sort::Stdin),
        (Kind::Program, Some(Channel::Stdout | Channel::Stderr)) => Some(Sort::Output),
        (Kind::Relay, Some(Channel::Up | Channel::Down)) => Some(Sort::Side),
        _ if written.is_some() => None,
        (Kind::Program, _) => Some(Sort::Program),
        (Kind::Relay, _) => Some(Sort::Relay),
        (Kind::Listener, _) => Some(Sort::Listener),
        (Kind::Udp, _) => Some(Sort::Udp),
        _ => Some(Sort::Connection),
    }
}

fn unknown_channel(field: &Field<'_>, part: &Part, written: &str) {
    let known: &[&str] = match part.kind {
        Kind::Program => &["stdin", "stdout", "stderr"],
        Kind::Relay => &["up", "down"],
        _ => &[],
    };
    let cure = match known {
        [] => Some(format!("write `{}`", part.name)),
        known => meant(written, known.iter().copied()),
    };
    field.fault(format!("`{}` has no channel {}", part.name, quoted(written)), cure);
}

fn cure(verb: &str, name: &str, sort: Sort, fits: &[Sort]) -> String {
    match sort {
        Sort::Program if fits.contains(&Sort::Output) => {
            format!("did you mean `{name}.stdout` or `{name}.stderr`?")
        }
        Sort::Program if fits.contains(&Sort::Stdin) => format!("did you mean `{name}.stdin`?"),
        Sort::Relay if fits.contains(&Sort::Side) => format!("did you mean `{name}.up` or `{name}.down`?"),
        Sort::Stdin | Sort::Output if fits.contains(&Sort::Program) => format!("did you mean `{name}`?"),
        Sort::Stdin if fits.contains(&Sort::Output) => {
            format!("did you mean `{name}.stdout` or `{name}.stderr`?")
        }
        Sort::Output if fits.contains(&Sort::Stdin) => format!("did you mean `{name}.stdin`?"),
        _ => {
            let words = fits.iter().map(|sort| sort.words()).collect::<Vec<_>>().join(", or ");
            format!("`{verb}` is for {words}")
        }
    }
}

/// Names of several parts, in backquotes.
pub(super) fn names<'p>(parts: impl Iterator<Item = &'p Part>) -> String {
    list(parts.map(|part| part.name.as_str()))
}
