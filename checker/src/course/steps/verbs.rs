//! The vocabulary of steps: verbs, and the keys that go with each.

use crate::course::field::Field;
use crate::course::fields::Fields;
use crate::course::nearest::{list, meant, nearest, quoted};

/// A verb, and its keys beside `why`.
#[derive(Debug)]
pub(super) struct Verb {
    pub name: &'static str,
    pub keys: &'static [&'static str],
    /// Its value is the name of a part that it makes.
    pub makes: bool,
}

const fn verb(name: &'static str, keys: &'static [&'static str]) -> Verb {
    Verb { name, keys, makes: false }
}

const fn maker(name: &'static str, keys: &'static [&'static str]) -> Verb {
    Verb { name, keys, makes: true }
}

pub(super) const VERBS: [Verb; 22] = [
    maker("start", &["program", "args", "on", "or_ended", "at", "memory_mib"]),
    verb("stop", &[]),
    verb("pause", &[]),
    verb("resume", &[]),
    maker("listen", &["at"]),
    maker("accept", &["on", "first"]),
    maker("connect", &["to", "each", "or_refused"]),
    maker("bind", &["at", "each"]),
    verb("send", &["line", "text", "bytes", "blob", "to", "cut", "until"]),
    verb("expect", EXPECT),
    verb("close", &["how"]),
    verb("hold", &[]),
    verb("release", &[]),
    verb("expect_exit", &["code", "signal", "reason", "alone"]),
    verb("expect_file", &["blob", "text", "absent", "alone"]),
    verb("expect_processes", &["connections", "none"]),
    maker("relay", &["at", "to", "cut"]),
    verb("file", &["blob", "text", "mode"]),
    verb("folder", &["mode"]),
    verb("wait_ms", &[]),
    verb("repeat", &["steps"]),
    verb("for", &["order", "steps"]),
];

const EXPECT: &[&str] = &[
    "line",
    "text",
    "bytes",
    "blob",
    "lines",
    "matches",
    "eof",
    "or_reset",
    "reset",
    "datagram",
    "from",
    "nothing_ms",
    "or_nothing_ms",
];

/// The verb of that name.
pub(super) fn named(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.name == name)
}

/// A step's verb with its value. One misspelt verb is told and taken for what was meant; None (told too) where
/// there is nothing to go by.
pub(super) fn find<'t>(fields: &Fields<'t>) -> Option<(&'static Verb, Field<'t>)> {
    let mut found: Vec<(&'static Verb, Field<'t>)> =
        fields.iter().filter_map(|field| Some((named(field.name)?, field))).collect();
    found.sort_by_key(|(_, field)| field.key().start);
    if let [(first, _), extra @ ..] = &found[..] {
        for (verb, field) in extra {
            let message = format!("a second verb, `{}`, beside `{}`", verb.name, first.name);
            field.report.fault_with(&field.key(), message, "make two steps".to_owned());
        }
        check_keys(first, fields);
        return found.first().map(|(verb, field)| (*verb, *field));
    }
    misspelt(fields)
}

fn misspelt<'t>(fields: &Fields<'t>) -> Option<(&'static Verb, Field<'t>)> {
    let mut unknown: Vec<Field<'t>> = fields.iter().filter(|field| !is_known(field.name)).collect();
    unknown.sort_by_key(|field| field.key().start);
    if unknown.is_empty() {
        let cure = "say what it does: `start`, `connect`, `send`, `expect`, …".to_owned();
        fields.report.fault_with(&fields.span, "this step has no verb", cure);
    }
    let guess = unknown.iter().find_map(|field| {
        let name = nearest(field.name, VERBS.iter().map(|verb| verb.name))?;
        Some((named(name)?, *field))
    });
    let others = unknown.iter().filter(|field| guess.is_none_or(|(_, head)| head.name != field.name));
    let Some((verb, field)) = guess else {
        others.for_each(|field| unknown_key(field, None));
        return None;
    };
    let message = format!("unknown key {} in a step", quoted(field.name));
    field.report.fault_with(&field.key(), message, format!("did you mean `{}`?", verb.name));
    check_keys_but(verb, fields, field.name);
    Some((verb, Field::new(field.report, verb.name, field.key(), field.node)))
}

fn is_known(key: &str) -> bool {
    key == "why" || VERBS.iter().any(|verb| verb.name == key || verb.keys.contains(&key))
}

/// Faults of all keys that do not go with `verb`.
fn check_keys(verb: &Verb, fields: &Fields<'_>) {
    check_keys_but(verb, fields, verb.name);
}

/// As [`check_keys`]; `head` is the verb's own key, as it is written.
fn check_keys_but(verb: &Verb, fields: &Fields<'_>, head: &str) {
    for field in fields.iter().filter(|field| field.name != head && named(field.name).is_none()) {
        if !is_known(field.name) {
            unknown_key(&field, Some(verb));
        } else if field.name != "why" && !verb.keys.contains(&field.name) {
            let message = format!("`{}` does not go with `{}`", field.name, verb.name);
            field.report.fault_with(&field.key(), message, fitting(verb));
        }
    }
}

fn fitting(verb: &Verb) -> String {
    match verb.keys {
        [] => format!("`{}` takes nothing more but `why`", verb.name),
        keys => format!("`{}` takes {}", verb.name, list(keys.iter().copied())),
    }
}

fn unknown_key(field: &Field<'_>, verb: Option<&Verb>) {
    let own: Vec<&str> = verb.map_or(Vec::new(), |verb| [verb.keys, &["why"]].concat());
    let keys = VERBS.iter().flat_map(|verb| verb.keys.iter().copied().chain([verb.name]));
    let cure = match nearest(field.name, own.iter().copied()) {
        Some(key) => Some(format!("did you mean `{key}`?")),
        None => match (nearest(field.name, keys), verb) {
            (None, Some(verb)) => Some(fitting(verb)),
            (None, None) => meant(field.name, VERBS.iter().map(|verb| verb.name)),
            (Some(key), _) => Some(format!("did you mean `{key}`?")),
        },
    };
    field.report.fault_with(&field.key(), format!("unknown key {} in a step", quoted(field.name)), cure);
}
