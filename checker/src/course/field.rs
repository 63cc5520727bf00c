//! One value of a file with its place, read as what it should be.

use std::fmt::Display;
use std::ops::{Range, RangeInclusive};

use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::Spanned;
use toml::de::DeValue;

use super::fields::Fields;
use super::nearest::{meant, quoted};
use super::source::Report;

/// A TOML value and where it stands.
pub(super) type Node<'t> = Spanned<DeValue<'t>>;

/// A key and its value, or an element of a list under the list's key.
#[derive(Clone, Copy)]
pub(super) struct Field<'t> {
    pub report: &'t Report<'t>,
    pub name: &'t str,
    pub node: &'t Node<'t>,
    key: (usize, usize),
}

impl<'t> Field<'t> {
    pub fn new(report: &'t Report<'t>, name: &'t str, key: Range<usize>, node: &'t Node<'t>) -> Self {
        Field { report, name, node, key: (key.start, key.end) }
    }

    /// Where the key stands (the element itself, in a list).
    pub fn key(&self) -> Range<usize> {
        self.key.0..self.key.1
    }

    /// Where the value stands.
    pub fn span(&self) -> Range<usize> {
        self.node.span()
    }

    /// A fault of the value.
    pub fn fault(&self, message: impl Into<String>, cure: impl Into<Option<String>>) {
        self.report.fault_with(&self.span(), message, cure);
    }

    /// The value as a `T`; `wish` says in words what it must be ("a string").
    pub fn read<T: DeserializeOwned>(&self, wish: &str) -> Option<T> {
        let value = T::deserialize(self.node.clone().into_deserializer());
        if value.is_err() {
            self.fault(format!("`{}` must be {wish}, not {}", self.name, kind(self.node)), None);
        }
        value.ok()
    }

    pub fn string(&self) -> Option<String> {
        self.read("a string")
    }

    /// A string of one line that is not blank.
    pub fn sentence(&self) -> Option<String> {
        let text = self.string()?;
        if text.trim().is_empty() {
            self.fault(format!("`{}` is empty", self.name), "say it in one line".to_owned());
            return None;
        }
        if text.contains('\n') {
            self.fault(format!("`{}` must be one line", self.name), None);
            return None;
        }
        Some(text)
    }

    /// A whole number within `range`.
    pub fn whole<T>(&self, range: RangeInclusive<T>) -> Option<T>
    where
        T: TryFrom<i128> + PartialOrd + Display,
    {
        let number: i128 = self.read("a whole number")?;
        match T::try_from(number) {
            Ok(number) if range.contains(&number) => Some(number),
            _ => {
                let (low, high) = range.into_inner();
                self.fault(format!("`{}` must be {low} to {high}, not {number}", self.name), None);
                None
            }
        }
    }

    /// A flag that is only ever written as `true`.
    pub fn truth(&self) -> bool {
        if self.read::<bool>("`true`") == Some(false) {
            let cure = format!("leave `{}` out where it does not hold", self.name);
            self.fault(format!("`{}` must be `true`", self.name), cure);
        }
        true
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, words: &[(&str, T)]) -> Option<T> {
        let word = self.string()?;
        let found = words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
        if found.is_none() {
            let cure = meant(&word, words.iter().map(|(known, _)| *known));
            self.fault(format!("{} is not a value of `{}`", quoted(&word), self.name), cure);
        }
        found
    }

    /// The elements of a list of `wish` ("strings").
    pub fn elements(&self, wish: &str) -> Vec<Field<'t>> {
        let Some(array) = self.node.get_ref().as_array() else {
            self.fault(format!("`{}` must be a list of {wish}, not {}", self.name, kind(self.node)), None);
            return Vec::new();
        };
        array.iter().map(|node| Field::new(self.report, self.name, node.span(), node)).collect()
    }

    /// The value as a table, called `what` in messages ("a step").
    pub fn fields(&self, what: &'static str) -> Option<Fields<'t>> {
        let table = self.node.get_ref().as_table();
        if table.is_none() {
            self.fault(format!("{what} must be a table, not {}", kind(self.node)), None);
        }
        table.map(|table| Fields::new(self.report, what, self.span(), table))
    }

    /// Where `part` stands in the string as it is written; all of it where escapes hide the place.
    pub fn within(&self, part: &str) -> Range<usize> {
        let span = self.span();
        let raw = &self.report.source.text[span.clone()];
        let found = raw.match_indices(part).find(|(at, _)| !raw[..*at].ends_with('$'));
        found.map_or(span.clone(), |(at, _)| span.start + at..span.start + at + part.len())
    }
}

/// What a value is, in words.
fn kind(node: &Node<'_>) -> &'static str {
    match node.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
