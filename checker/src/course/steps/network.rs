//! Steps that make sockets: `listen`, `accept`, `connect`, `bind`, `relay`.

use crate::course::address::AnyPort;
use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::scenario::step::Action;

use super::parts::Kind;
use super::reference::{Sort, names};
use super::script::Script;

/// Members of a group.
const EACH: std::ops::RangeInclusive<u32> = 1..=1000;

impl<'t> Script<'t, '_> {
    pub(super) fn listen(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let at = self.address(fields, "at", AnyPort::Refused);
        Action::Listen { part: self.make(head, Kind::Listener, None), at }
    }

    pub(super) fn accept(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let on = match fields.get("on") {
            Some(field) => self.refer(&field, &[Sort::Listener]).reference.part,
            None => self.only_listener(head),
        };
        let first = fields.get("first").map(|field| self.pattern(&field));
        let part = self.make(head, Kind::Accepted, None);
        let (first, groups) = first.map_or((None, Vec::new()), |(first, groups)| (Some(first), groups));
        self.catch(&part, groups);
        Action::Accept { part, on, first }
    }

    /// The listener that is meant where a step names none.
    fn only_listener(&self, head: &Field<'t>) -> String {
        if self.parts.iter().any(|part| part.kind == Kind::Unknown) {
            return String::new();
        }
        let open = self.parts.iter().filter(|part| part.kind == Kind::Listener && !part.over);
        let mut listeners = open.clone();
        match (listeners.next(), listeners.next()) {
            (Some(only), None) => return only.name.clone(),
            (None, _) => head.report.fault_with(
                &head.key(),
                "there is no listener to accept from",
                "add `{ listen = \"door\" }` before this step".to_owned(),
            ),
            (Some(_), Some(_)) => head.report.fault_with(
                &head.key(),
                format!("there are several listeners: {}", names(open)),
                "say which: `on = \"…\"`".to_owned(),
            ),
        }
        String::new()
    }

    pub(super) fn connect(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let to = self.address(fields, "to", AnyPort::Refused);
        let each = each(fields);
        let or_refused = fields.get("or_refused").is_some_and(|field| field.truth());
        Action::Connect { part: self.make(head, Kind::Connection, each), to, each, or_refused }
    }

    pub(super) fn bind(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let at = fields.get("at").map(|_| self.address(fields, "at", AnyPort::Allowed));
        let each = each(fields);
        Action::Bind { part: self.make(head, Kind::Udp, each), at, each }
    }

    pub(super) fn relay(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let at = fields.need("at", "say where it listens: `at = \"${front}\"`");
        let at = at.map_or_else(Default::default, |_| self.address(fields, "at", AnyPort::Refused));
        let to = self.address(fields, "to", AnyPort::Refused);
        let cut = fields.get("cut");
        cut.and_then(|field| field.choice(&[("bytes", ())]));
        Action::Relay { part: self.make(head, Kind::Relay, None), at, to, bytewise: cut.is_some() }
    }
}

/// The number of members; 1 where that has a fault, so that the part is a group all the same.
fn each(fields: &Fields<'_>) -> Option<u32> {
    fields.get("each").map(|field| field.whole(EACH).unwrap_or(1))
}
