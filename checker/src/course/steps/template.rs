//! Strings with `${…}`: each name in them must be known where they stand.

use std::net::SocketAddr;

use crate::course::address::{self, AnyPort};
use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::course::nearest::{meant, quoted};
use crate::scenario::step::Generator;
use crate::scenario::template::{Piece, Template};

use super::parts::{Kind, Part};
use super::script::Script;

/// What is wrong with a piece of a template, and its cure.
type Fault = (String, Option<String>);

impl<'t> Script<'t, '_> {
    /// The string of `field` as a template, every name in it checked.
    pub(super) fn template(&self, field: &Field<'t>) -> Template {
        let Some(text) = field.string() else { return Template::default() };
        let template = match Template::parse(&text) {
            Ok(template) => template,
            Err(bad) => {
                let rest = &text[bad.at..];
                let piece = &rest[..rest.find('}').map_or(rest.len(), |end| end + 1)];
                self.report.fault(&field.within(piece), bad.message);
                return Template::default();
            }
        };
        let mut told: Vec<&Piece> = Vec::new();
        for piece in &template.0 {
            if let Err((message, cure)) = self.piece(piece)
                && !told.contains(&piece)
            {
                self.report.fault_with(&field.within(&spelling(piece)), message, cure);
                told.push(piece);
            }
        }
        template
    }

    /// As [`Script::template`], for an argument or a path: without what may hold a NUL.
    pub(super) fn plain(&self, field: &Field<'t>) -> Template {
        let template = self.template(field);
        let says = "may hold a NUL, which cannot stand here";
        self.without(field, &template, Generator::may_hold_nul, says, "take a `word`, `han` or `number`");
        template
    }

    /// A fault of each variable in `template` that is `unfit`.
    pub(super) fn without(
        &self,
        field: &Field<'t>,
        template: &Template,
        unfit: fn(&Generator) -> bool,
        says: &str,
        cure: &str,
    ) {
        for name in template.names() {
            let generator = self.names.variable(name).and_then(|variable| variable.generator.as_ref());
            if generator.is_some_and(unfit) {
                let place = field.within(&spelling(&Piece::Name(name.clone())));
                self.report.fault_with(&place, format!("`{name}` {says}"), cure.to_owned());
            }
        }
    }

    /// Where an address that is written out, or has a name, is; None where that has a fault.
    pub(super) fn located(&self, address: &Template) -> Option<SocketAddr> {
        match &address.0[..] {
            [Piece::Literal(text)] => text.parse().ok(),
            [Piece::Name(name)] => self.names.address(name),
            _ => None,
        }
    }

    /// The address in the field `key`, `${addr}` where there is none.
    pub(super) fn address(&self, fields: &Fields<'t>, key: &str, any: AnyPort) -> Template {
        let Some(field) = fields.get(key) else {
            if !self.names.is_address("addr") {
                let cure = format!("add `addr = \"127.0.0.1:5556\"` to the exercise, or `{key}` here");
                self.report.fault_with(&fields.span, "there is no `${addr}` for this step", cure);
            }
            return Template(vec![Piece::Name("addr".to_owned())]);
        };
        let template = self.template(&field);
        match &template.0[..] {
            [Piece::Literal(text)] => {
                address::check(&field, text, any);
            }
            [Piece::Name(name)] if self.names.variable(name).is_some() => {
                let cure = "name one of `addr` and `addrs`, or write `HOST:PORT`".to_owned();
                field.fault(format!("`${{{name}}}` is not an address"), cure);
            }
            _ => {}
        }
        template
    }

    fn piece(&self, piece: &Piece) -> Result<(), Fault> {
        match piece {
            Piece::Literal(_) => Ok(()),
            Piece::Name(name) => self.plain_name(name),
            Piece::Len(name) => self.length_of(name),
            Piece::Addr(part) => self.address_of(part),
            Piece::Port(name) => self.port_of(name),
            Piece::Group(part, group) => self.group_of(part, group),
            Piece::LineNumber(part, _) => self.lines_of(part),
            Piece::Round if self.rounds > 0 => Ok(()),
            Piece::Round => Err((
                "`${n}` has no value outside `repeat` and `for`".to_owned(),
                Some("write `$${n}` for the characters themselves".to_owned()),
            )),
        }
    }

    fn plain_name(&self, name: &str) -> Result<(), Fault> {
        if name == "dir" || self.names.is_address(name) {
            return Ok(());
        }
        match self.names.variable(name).map(|variable| &variable.generator) {
            Some(Some(generator)) if generator.stream().is_some() => {
                let cure = format!("write `blob = \"{name}\"` in the place of the string");
                Err((format!("`{name}` is a blob, which is never held in memory"), Some(cure)))
            }
            Some(_) => Ok(()),
            None if name == "addr" => Err((
                "there is no `${addr}`".to_owned(),
                Some("add `addr = \"127.0.0.1:5556\"` to the exercise".to_owned()),
            )),
            None if self.parts.get(name).is_some() => {
                let cure = Some(format!("did you mean `${{{name}.addr}}`?"));
                Err((format!("`{name}` is a part, not a variable"), cure))
            }
            None => Err((format!("there is no variable {}", quoted(name)), meant(name, self.names.all()))),
        }
    }

    fn length_of(&self, name: &str) -> Result<(), Fault> {
        if self.names.variable(name).is_some() {
            return Ok(());
        }
        let attribute = format!("`{name}` has no `.len`");
        if name == "dir" || self.names.is_address(name) {
            return Err((attribute, Some(format!("it is no variable; `${{{name}}}` is all there is"))));
        }
        if self.parts.get(name).is_some() {
            return Err((attribute, Some("a part is no variable".to_owned())));
        }
        let known = self.names.variables().map(|(name, _)| name);
        Err((format!("there is no variable {}", quoted(name)), meant(name, known)))
    }

    fn address_of(&self, name: &str) -> Result<(), Fault> {
        let part = self.part_of(name, "addr")?;
        if matches!(part.kind, Kind::Connection | Kind::Udp | Kind::Unknown) {
            return of_one(part, "addr");
        }
        let cure = "only a connection that the checker opened, or a UDP peer, has one".to_owned();
        Err((format!("`{name}` has no `.addr`"), Some(cure)))
    }

    fn port_of(&self, name: &str) -> Result<(), Fault> {
        if self.names.is_address(name) {
            return Ok(());
        }
        let cure = "only `addr` and the names in `addrs` have one".to_owned();
        Err((format!("`{name}` has no `.port`"), Some(cure)))
    }

    fn group_of(&self, name: &str, group: &str) -> Result<(), Fault> {
        let part = self.part_of(name, group)?;
        if part.kind == Kind::Unknown {
            return Ok(());
        }
        if !part.caught.contains(group) {
            let message = format!("`{name}` has no {}", quoted(&format!(".{group}")));
            let known = part.caught.iter().map(String::as_str).chain(["addr"]);
            let cure = match part.caught.is_empty() {
                true => format!("catch it first: `first` or `matches` with `(?P<{group}>…)`"),
                false => meant(group, known).unwrap_or_default(),
            };
            return Err((message, Some(cure)));
        }
        of_one(part, group)
    }

    fn lines_of(&self, name: &str) -> Result<(), Fault> {
        let part = self.part_of(name, "stdout.line")?;
        if matches!(part.kind, Kind::Program | Kind::Unknown) {
            return Ok(());
        }
        Err((format!("`{name}` is not a program: its lines are not counted"), None))
    }

    fn part_of(&self, name: &str, attribute: &str) -> Result<&Part, Fault> {
        if let Some(part) = self.parts.get(name) {
            return Ok(part);
        }
        if self.names.variable(name).is_some() {
            let cure = Some(format!("a variable has only `${{{name}.len}}`"));
            return Err((format!("`{name}` has no {}", quoted(&format!(".{attribute}"))), cure));
        }
        if name == "dir" || self.names.is_address(name) {
            let cure = Some(format!("write `${{{name}}}`"));
            return Err((format!("`{name}` has no {}", quoted(&format!(".{attribute}"))), cure));
        }
        let known: Vec<&str> = self.parts.iter().map(|part| part.name.as_str()).collect();
        let cure = match known[..] {
            [] => Some("no step before this one makes a part".to_owned()),
            _ => meant(name, known.iter().copied()),
        };
        Err((format!("there is no part {} here", quoted(name)), cure))
    }
}

/// A group has no one value; inside a `for`, its name stands for one member.
fn of_one(part: &Part, attribute: &str) -> Result<(), Fault> {
    let Some(members) = part.group else { return Ok(()) };
    let cure = format!("take its members in turn: `for = \"{}\"`", part.name);
    Err((format!("`{}` is a group of {members}: which one's `.{attribute}`?", part.name), Some(cure)))
}

/// The piece as it is written.
pub(super) fn spelling(piece: &Piece) -> String {
    match piece {
        Piece::Literal(text) => text.clone(),
        Piece::Name(name) => format!("${{{name}}}"),
        Piece::Len(name) => format!("${{{name}.len}}"),
        Piece::Addr(part) => format!("${{{part}.addr}}"),
        Piece::Port(name) => format!("${{{name}.port}}"),
        Piece::Group(part, group) => format!("${{{part}.{group}}}"),
        Piece::LineNumber(part, channel) => format!("${{{part}.{}.line}}", channel.name()),
        Piece::Round => "${n}".to_owned(),
    }
}
