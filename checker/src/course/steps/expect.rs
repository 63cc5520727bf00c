//! `expect`: what must come next, and from where.

use crate::course::address::AnyPort;
use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::course::nearest::list;
use crate::scenario::step::{Action, Data, Expected};

use super::reference::{Found, Sort};
use super::script::Script;

/// Everything that may be expected; one of them a step.
const WISHES: [&str; 9] = ["line", "text", "bytes", "blob", "lines", "matches", "eof", "reset", "datagram"];
const QUIET: &str = "nothing_ms";
/// These may be wished for with a silence as the alternative.
const OPTIONAL: [&str; 6] = ["line", "text", "bytes", "lines", "matches", "datagram"];
const OR_QUIET: &str = "or_nothing_ms";
/// Longest silence that a step may wait for, in milliseconds.
const LONGEST_MS: u64 = 600_000;

impl<'t> Script<'t, '_> {
    pub(super) fn expect(&mut self, head: &Field<'t>, fields: &Fields<'t>) -> Action {
        let fits = [Sort::Connection, Sort::Output, Sort::Side, Sort::Udp, Sort::Listener];
        let found = self.refer(head, &fits);
        let all: Vec<&str> = WISHES.into_iter().chain([QUIET]).collect();
        let wish = fields.one_of("`expect`", &all);
        if let Some(wish) = wish {
            check_wish(&wish, &found);
        }
        self.belongs(fields, "or_reset", "eof", &found);
        self.belongs(fields, "from", "datagram", &found);
        let what = wish.map_or(Expected::Reset, |wish| self.wish(&wish, fields, &found));
        let or_nothing_ms = fields.get(OR_QUIET).and_then(|field| {
            if let Some(wish) = wish.filter(|wish| !OPTIONAL.contains(&wish.name)) {
                let message = format!("`{OR_QUIET}` does not go with `{}`", wish.name);
                self.report.fault_with(&field.key(), message, format!("it goes with {}", list(OPTIONAL)));
            }
            field.whole(0..=LONGEST_MS)
        });
        Action::Expect { of: found.reference, what, or_nothing_ms }
    }

    /// A fault where `key` is there and `owner` is not.
    fn belongs(&self, fields: &Fields<'t>, key: &str, owner: &str, found: &Found) {
        let Some(field) = fields.get(key) else { return };
        if fields.get(owner).is_none() {
            self.report.fault(&field.key(), format!("`{key}` goes with `{owner}` alone"));
        } else if key == "or_reset" && found.sort == Sort::Output {
            self.report.fault(&field.key(), format!("`{}` is a pipe: it cannot be reset", found.reference));
        }
    }

    /// A fault where nothing at all is expected, which is there always.
    fn check_empty(&self, wish: &Field<'t>, data: &Data) {
        let empty = match data {
            Data::Blob(name) => self.stream(name) == Some(0),
            _ => wish.node.get_ref().as_str().is_some_and(|text| text.trim_ascii().is_empty()),
        };
        if empty && self.length(data) == Some(0) {
            let cure = "say what must come: `eof = true`, `nothing_ms = 0`, or bytes".to_owned();
            wish.fault(format!("this `{}` has no bytes: it comes in any case", wish.name), cure);
        }
    }

    fn wish(&mut self, wish: &Field<'t>, fields: &Fields<'t>, found: &Found) -> Expected {
        match wish.name {
            "lines" => {
                let elements = wish.elements("strings");
                if elements.is_empty() && wish.node.get_ref().is_array() {
                    wish.fault("`lines` is empty", "name the lines that must come".to_owned());
                }
                Expected::Lines(elements.iter().map(|element| self.template(element)).collect())
            }
            "matches" => {
                let (pattern, groups) = self.pattern(wish);
                self.catch(&found.reference.part, groups);
                Expected::Matches(pattern)
            }
            "eof" => {
                wish.truth();
                let or_reset = fields.get("or_reset").is_some_and(|field| field.truth());
                Expected::Eof { or_reset }
            }
            "reset" => {
                wish.truth();
                Expected::Reset
            }
            "datagram" => {
                let payload = self.template(wish);
                Expected::Datagram { payload, from: self.address(fields, "from", AnyPort::Refused) }
            }
            QUIET => Expected::NothingMs(wish.whole(0..=LONGEST_MS).unwrap_or_default()),
            _ => {
                let data = self.data(wish);
                self.check_empty(wish, &data);
                Expected::Data(data)
            }
        }
    }
}

/// A fault where that can never come from there.
fn check_wish(wish: &Field<'_>, found: &Found) {
    let possible: &[&str] = match found.sort {
        Sort::Udp => &["datagram", QUIET],
        Sort::Listener => &[QUIET],
        Sort::Output => &["line", "text", "bytes", "blob", "lines", "matches", "eof", QUIET],
        Sort::Connection | Sort::Side => {
            &["line", "text", "bytes", "blob", "lines", "matches", "eof", "reset", QUIET]
        }
        _ => return,
    };
    if !possible.contains(&wish.name) {
        let message = format!("`{}` cannot be expected of `{}`", wish.name, found.reference);
        let cure = format!("it gives {}", list(possible.iter().copied()));
        wish.report.fault_with(&wish.key(), message, cure);
    }
}
