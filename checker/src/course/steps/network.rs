//! Steps that make sockets: `listen`, `accept`, `connect`, `bind`, `relay`.

use std::net::SocketAddr;

use crate::course::address::AnyPort;
use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::scenario::step::Action;
use crate::scenario::template::Template;

use super::parts::{Kind, Part};
use super::reference::{Sort, names};
use super::script::Script;

/// Members of a group.
const EACH: std::ops::RangeInclusive<u32> = 1..=1000;

impl<'t> Script<'t, '_> {
    pub(super) fn listen(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let at = self.address(fields, "at", AnyPort::Refused);
        Action::Listen { part: self.place(head, fields, Kind::Listener, None, &at), at }
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
        let open = self.parts.iter().filter(|part| part.kind == Kind::Listener && part.over.is_none());
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

    /// Makes a part that is bound at an address, where none of its kind may be.
    fn place(
        &mut self,
        head: &Field<'t>,
        fields: &Fields<'t>,
        kind: Kind,
        each: Option<u32>,
        at: &Template,
    ) -> String {
        let field = fields.get("at").unwrap_or(*head);
        let fixed = self.located(at).filter(|at| at.port() != 0);
        if let Some(first) = fixed.and_then(|at| self.who_is_at(at, kind)) {
            let cure = format!("choose another address, or close `{}` before", first.name);
            field.fault(format!("`{}` is there already, since line {}", first.name, first.line), cure);
        } else if fixed.is_some() && each.is_some_and(|each| each > 1) {
            let cure = "leave `at` out: the kernel chooses a port for each".to_owned();
            field.fault("`each` makes several, and one address is for one of them", cure);
        }
        let name = self.make(head, kind, each);
        if let Some(part) = self.parts.get_mut(&name) {
            part.at = fixed;
        }
        name
    }

    /// The part of the checker that is bound at this address, over UDP or TCP as `kind` is.
    fn who_is_at(&self, at: SocketAddr, kind: Kind) -> Option<&Part> {
        let rivals = |part: &&Part| (part.kind == Kind::Udp) == (kind == Kind::Udp) && part.over.is_none();
        self.parts.iter().filter(rivals).find(|part| part.at == Some(at))
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
        let part = match &at {
            Some(at) => self.place(head, fields, Kind::Udp, each, at),
            None => self.make(head, Kind::Udp, each),
        };
        Action::Bind { part, at, each }
    }

    pub(super) fn relay(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let at = fields.need("at", "say where it listens: `at = \"${front}\"`");
        let at = at.map_or_else(Default::default, |_| self.address(fields, "at", AnyPort::Refused));
        let to = self.address(fields, "to", AnyPort::Refused);
        if self.located(&at).is_some_and(|at| self.located(&to) == Some(at)) {
            let field = fields.get("to").or(fields.get("at")).unwrap_or(*head);
            let cure = "give `at` and `to` two addresses: `at = \"${front}\"`".to_owned();
            field.fault("the relay would connect to itself", cure);
        }
        let cut = fields.get("cut");
        cut.and_then(|field| field.choice(&[("bytes", ())]));
        Action::Relay {
            part: self.place(head, fields, Kind::Relay, None, &at),
            at,
            to,
            bytewise: cut.is_some(),
        }
    }
}

/// The number of members; 1 where that has a fault, so that the part is a group all the same.
fn each(fields: &Fields<'_>) -> Option<u32> {
    fields.get("each").map(|field| field.whole(EACH).unwrap_or(1))
}
