//! The tables `[[scenario]]` of an `exercise.toml`.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::net::SocketAddr;

use crate::scenario::step::Scenario;

use super::address::{self, Named};
use super::exercise::Program;
use super::exercise_file::unused;
use super::field::Field;
use super::fields::Fields;
use super::limits::{DEADLINE_S, FILES_MIB, Limits, OPEN_FILES};
use super::nearest::{meant, quoted};
use super::source::Report;
use super::steps::{Names, Script};
use super::variables::{self, Variables};

const KEYS: [&str; 11] = [
    "name",
    "points",
    "hidden",
    "steps",
    "after",
    "addr",
    "addrs",
    "vars",
    "deadline_s",
    "files_mib",
    "open_files",
];
const POINTS: std::ops::RangeInclusive<u32> = 1..=10_000;

/// What the exercise says for all of its scenarios.
pub(super) struct Frame<'a> {
    pub programs: &'a [Program],
    pub vars: &'a Variables,
    /// None where it has no `addr`; `Some(None)` where that has a fault.
    pub addr: Option<Option<SocketAddr>>,
    pub limits: &'a Limits,
}

/// Reads the exercise's scenarios; their names must differ.
pub(super) fn read_all(exercise: &Fields<'_>, frame: &Frame<'_>) -> Vec<Scenario> {
    let cure = "add `[[scenario]]` with `name` and `steps`";
    let Some(field) = exercise.need("scenario", cure) else { return Vec::new() };
    let elements = field.elements("tables, written as `[[scenario]]`");
    if elements.is_empty() && field.node.get_ref().is_array() {
        field.fault("there is no scenario", cure.to_owned());
    }
    let mut first: BTreeMap<String, u32> = BTreeMap::new();
    let mut scenarios = Vec::new();
    for fields in elements.iter().filter_map(|element| element.fields("a scenario")) {
        let before = exercise.report.count();
        let mut scenario = read(&fields, frame);
        let starts = frame.programs.is_empty() || frame.programs.iter().any(|p| scenario.starts(&p.name));
        if !starts && exercise.report.count() == before {
            let place = fields.get("name").map_or(fields.span.clone(), |name| name.span());
            let cure = "add a step `{ start = \"…\" }`".to_owned();
            exercise.report.fault_with(
                &place,
                "no program is started: nothing of the student's is run",
                cure,
            );
        }
        scenario.after = fields.get("after").and_then(|field| earlier(&field, &scenarios));
        let before = first.get(&scenario.name).copied();
        if let (Some(line), Some(name)) = (before, fields.get("name")) {
            let message = format!("a second scenario is named {}", quoted(&scenario.name));
            name.fault(message, format!("the first is on line {line}"));
        } else if !scenario.name.is_empty() {
            first.insert(scenario.name.clone(), scenario.line);
        }
        scenarios.push(scenario);
    }
    scenarios
}

fn read(fields: &Fields<'_>, frame: &Frame<'_>) -> Scenario {
    fields.only(&KEYS);
    let name = fields.need("name", "add `name = \"…\"`: students read it");
    let line = fields.report.source.line(name.map_or(fields.span.start, |name| name.key().start));
    let own = fields.get("vars").and_then(|field| field.fields("`vars`"));
    let own = own.map(|fields| variables::read(&fields)).unwrap_or_default();
    let names = Names::new(addresses(fields, frame, &own), frame.vars, &own);
    let number =
        |key: &str, range, usual| fields.get(key).and_then(|field| field.whole(range)).unwrap_or(usual);
    let limits = Limits {
        deadline_s: number("deadline_s", DEADLINE_S, frame.limits.deadline_s),
        files_mib: number("files_mib", FILES_MIB, frame.limits.files_mib),
        open_files: number("open_files", OPEN_FILES, frame.limits.open_files),
        ..frame.limits.clone()
    };
    let mut script = Script::new(fields.report, frame.programs, &names, &limits);
    let steps = fields.need("steps", "add `steps = [ … ]`").map(|field| script.read(&field));
    unused(fields.report, &own);
    unused_addresses(fields.report, &names);
    Scenario {
        name: name.and_then(|name| name.sentence()).unwrap_or_default(),
        points: number("points", POINTS, 1),
        hidden: fields.get("hidden").and_then(|field| field.read("true or false")).unwrap_or(false),
        line,
        deadline_s: limits.deadline_s,
        files_mib: limits.files_mib,
        open_files: limits.open_files,
        after: None,
        vars: names.generators(),
        addrs: names.into_addresses(),
        steps: steps.unwrap_or_default(),
    }
}

/// A fault of each of the `addrs` that no step has named.
fn unused_addresses(report: &Report<'_>, names: &Names<'_>) {
    for (name, address) in names.addresses().filter(|(_, address)| !address.used.get()) {
        let cure = "use it, or take it out".to_owned();
        report.fault_with(&address.span, format!("the address {} is never used", quoted(name)), cure);
    }
}

/// The scenario, one of those before this one, that a field names.
fn earlier(field: &Field<'_>, before: &[Scenario]) -> Option<usize> {
    let name: String = field.read("the name of a scenario")?;
    let found = before.iter().position(|scenario| scenario.name == name);
    if found.is_none() {
        let cure = meant(&name, before.iter().map(|scenario| scenario.name.as_str()));
        field.fault(format!("no scenario before this one is named {}", quoted(&name)), cure);
    }
    found
}

/// `addr` and `addrs` by name; None where the address has a fault, which is then told already.
fn addresses(fields: &Fields<'_>, frame: &Frame<'_>, own: &Variables) -> BTreeMap<String, Named> {
    let mut found: BTreeMap<String, Named> = BTreeMap::new();
    let addr = fields.get("addr").map(|field| address::read(&field)).or(frame.addr);
    if let Some(at) = addr {
        found.insert("addr".to_owned(), Named { at, span: fields.span.clone(), used: Cell::new(true) });
    }
    let more = fields.get("addrs").and_then(|field| field.fields("`addrs`"));
    for field in more.iter().flat_map(Fields::iter) {
        let mut named = variables::check_name(&field);
        if own.contains_key(field.name) || frame.vars.contains_key(field.name) {
            let message = format!("{} is both an address and a variable", quoted(field.name));
            field.report.fault_with(&field.key(), message, "rename one of them".to_owned());
            named = false;
        }
        let at = address::read(&field);
        if let Some((other, _)) = found.iter().find(|(_, other)| named && at.is_some() && other.at == at) {
            let cure = "give each a port of its own, or take one out".to_owned();
            field.fault(format!("{} is the same address as `${{{other}}}`", quoted(field.name)), cure);
        }
        let address = Named { at, span: field.key(), used: Cell::new(!named) };
        found.entry(field.name.to_owned()).or_insert(address);
    }
    found
}
