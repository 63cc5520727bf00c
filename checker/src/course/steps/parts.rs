//! The parts that the steps so far have made.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use toml::de::DeValue;

use crate::course::field::Node;

use super::verbs;

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Program,
    Listener,
    /// The checker opened it.
    Connection,
    /// It came to a listener of the checker.
    Accepted,
    Udp,
    Relay,
    /// A step that has a fault may have made it.
    Unknown,
}

/// How far a part is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Past {
    /// The first process of a program was killed.
    Stopped,
    /// A program has ended, and all its processes.
    Ended,
    /// Nothing more can be sent.
    HalfClosed,
    Closed,
}

/// That a part, or one channel of it, is over since the step on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Over {
    pub past: Past,
    /// From 1.
    pub line: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Part {
    pub name: String,
    pub kind: Kind,
    /// How many members, where it is a group.
    pub group: Option<u32>,
    /// Line of the step that made it, from 1.
    pub line: u32,
    /// Named groups of regular expressions that its lines have matched.
    pub caught: BTreeSet<String>,
    pub over: Option<Over>,
    /// The same of a program's stdin.
    pub stdin: Option<Over>,
    /// Where a listener, a relay or a UDP peer is, if that is known.
    pub at: Option<SocketAddr>,
}

impl Part {
    pub fn new(name: &str, kind: Kind, group: Option<u32>, line: u32) -> Self {
        Part {
            name: name.to_owned(),
            kind,
            group,
            line,
            caught: BTreeSet::new(),
            over: None,
            stdin: None,
            at: None,
        }
    }
}

/// The table of parts: those of the scenario, then those of each open round, innermost last.
#[derive(Debug, Default)]
pub(super) struct Parts {
    live: Vec<Part>,
    /// Every name that some step makes, with the byte at which it stands.
    foreseen: Vec<(String, usize)>,
}

impl Parts {
    pub fn get(&self, name: &str) -> Option<&Part> {
        self.live.iter().rev().find(|part| part.name == name)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut Part> {
        self.live.iter_mut().rev().find(|part| part.name == name)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Part> + Clone {
        self.live.iter()
    }

    /// Adds `part`; a guess of that name, made before, is hidden by it.
    pub fn add(&mut self, part: Part) {
        self.live.push(part);
    }

    /// Where a step makes a part of that name, after the byte `offset` or else before it.
    pub fn foreseen(&self, name: &str, offset: usize) -> Option<usize> {
        let places = || self.foreseen.iter().filter(|(known, _)| known == name).map(|(_, at)| *at);
        places().filter(|at| *at > offset).min().or_else(|| places().min())
    }

    /// Notes the names that the steps in `node`, and the steps inside them, are going to make.
    pub fn foresee(&mut self, node: &Node<'_>) {
        match node.get_ref() {
            DeValue::Array(array) => array.iter().for_each(|element| self.foresee(element)),
            DeValue::Table(table) => {
                for (key, value) in table.iter() {
                    let makes = verbs::named(key.get_ref()).is_some_and(|verb| verb.makes);
                    match value.get_ref() {
                        DeValue::String(name) if makes => {
                            self.foreseen.push((name.to_string(), value.span().start));
                        }
                        _ if key.get_ref() == "steps" => self.foresee(value),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes every string below `node`, a step with a fault, for the name of a part that it may make.
    pub fn assume(&mut self, node: &Node<'_>) {
        match node.get_ref() {
            DeValue::String(name) if self.get(name).is_none() => {
                self.live.push(Part::new(name, Kind::Unknown, None, 0));
            }
            DeValue::Array(array) => array.iter().for_each(|element| self.assume(element)),
            DeValue::Table(table) => table.iter().for_each(|(_, value)| self.assume(value)),
            _ => {}
        }
    }

    /// How many parts there are before a round begins.
    pub fn enter(&self) -> usize {
        self.live.len()
    }

    /// Forgets the parts of the round that began with `before` parts.
    pub fn leave(&mut self, before: usize) {
        self.live.truncate(before);
    }

    /// Begins a round in which the group `name` is one of its members.
    pub fn enter_member(&mut self, name: &str) -> usize {
        let before = self.enter();
        if let Some(part) = self.get(name) {
            let member = Part { group: None, ..part.clone() };
            self.live.push(member);
        }
        before
    }

    /// Ends it; what the member's lines have matched, and that it was closed, is so of the whole group.
    pub fn leave_member(&mut self, before: usize, name: &str) {
        let member = self.get(name).cloned();
        self.leave(before);
        if let (Some(part), Some(member)) = (self.get_mut(name), member) {
            part.caught.extend(member.caught);
            part.over = member.over;
        }
    }
}
