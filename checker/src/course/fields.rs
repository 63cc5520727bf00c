//! A table of a file, whose keys are looked up by name.

use std::ops::Range;

use toml::de::DeTable;

use super::field::Field;
use super::nearest::{list, meant, quoted};
use super::source::Report;

/// A table and what it is called in messages.
#[derive(Clone)]
pub(super) struct Fields<'t> {
    pub report: &'t Report<'t>,
    /// "a step", "a scenario".
    pub what: &'static str,
    /// Where the table, or its header, stands.
    pub span: Range<usize>,
    table: &'t DeTable<'t>,
}

impl<'t> Fields<'t> {
    pub fn new(
        report: &'t Report<'t>,
        what: &'static str,
        span: Range<usize>,
        table: &'t DeTable<'t>,
    ) -> Self {
        Fields { report, what, span, table }
    }

    /// Every key with its value, in no order that means something.
    pub fn iter(&self) -> impl Iterator<Item = Field<'t>> + use<'t> {
        let report = self.report;
        self.table.iter().map(move |(key, node)| Field::new(report, key.get_ref(), key.span(), node))
    }

    pub fn get(&self, key: &str) -> Option<Field<'t>> {
        self.iter().find(|field| field.name == key)
    }

    /// As [`Fields::get`]; a fault where the key is missing.
    pub fn need(&self, key: &str, cure: &str) -> Option<Field<'t>> {
        let field = self.get(key);
        if field.is_none() {
            self.report.fault_with(&self.span, format!("{} has no `{key}`", self.what), cure.to_owned());
        }
        field
    }

    /// Faults of all keys but `known`.
    pub fn only(&self, known: &[&str]) {
        for field in self.iter().filter(|field| !known.contains(&field.name)) {
            let message = format!("unknown key {} in {}", quoted(field.name), self.what);
            self.report.fault_with(&field.key(), message, meant(field.name, known.iter().copied()));
        }
    }

    /// The one of `keys` that is there; `owner` is whom they belong to. None, or several, are faults; of several the first written is given.
    pub fn one_of(&self, owner: &str, keys: &[&str]) -> Option<Field<'t>> {
        let mut found: Vec<Field<'t>> = keys.iter().filter_map(|key| self.get(key)).collect();
        found.sort_by_key(|field| field.key().start);
        if found.is_empty() {
            self.report.fault(&self.span, format!("{owner} needs one of {}", list(keys.iter().copied())));
        }
        for extra in found.iter().skip(1) {
            let message = format!("`{}` beside `{}`: {owner} takes one of them", extra.name, found[0].name);
            self.report.fault_with(&extra.key(), message, "take one of them out".to_owned());
        }
        found.first().copied()
    }
}
