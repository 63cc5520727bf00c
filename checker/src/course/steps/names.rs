//! What a template may name beside parts: variables and addresses.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use toml::de::DeValue;

use crate::course::address::Named;
use crate::course::field::Node;
use crate::course::variables::{Variable, Variables};
use crate::scenario::step::Generator;
use crate::scenario::template::{Piece, Template};

/// The names of one scenario.
pub(in crate::course) struct Names<'v> {
    addresses: BTreeMap<String, Named>,
    variables: BTreeMap<&'v str, &'v Variable>,
}

impl<'v> Names<'v> {
    /// `own` variables of the scenario stand in the place of those of the exercise, `outer`.
    pub fn new(addresses: BTreeMap<String, Named>, outer: &'v Variables, own: &'v Variables) -> Self {
        let variables = outer.iter().chain(own).map(|(name, variable)| (name.as_str(), variable)).collect();
        Names { addresses, variables }
    }

    pub fn variable(&self, name: &str) -> Option<&'v Variable> {
        self.variables.get(name).copied()
    }

    pub fn is_address(&self, name: &str) -> bool {
        self.addresses.contains_key(name)
    }

    /// The address of that name, where it has no fault.
    pub fn address(&self, name: &str) -> Option<SocketAddr> {
        self.addresses.get(name)?.at
    }

    pub fn addresses(&self) -> impl Iterator<Item = (&String, &Named)> {
        self.addresses.iter()
    }

    /// Everything that may stand alone in `${…}`.
    pub fn all(&self) -> impl Iterator<Item = &str> + Clone {
        let addresses = self.addresses.keys().map(String::as_str);
        addresses.chain(self.variables.keys().copied()).chain(["dir"])
    }

    pub fn variables(&self) -> impl Iterator<Item = (&'v str, &'v Variable)> + Clone {
        self.variables.iter().map(|(name, variable)| (*name, *variable))
    }

    /// Notes every variable and address that a string below `node` names, also where the step around it has a fault.
    pub fn note_uses(&self, node: &Node<'_>) {
        match node.get_ref() {
            DeValue::String(text) => self.note_template(text),
            DeValue::Array(array) => array.iter().for_each(|element| self.note_uses(element)),
            DeValue::Table(table) => {
                for (key, value) in table.iter().filter(|(key, _)| key.get_ref() != "why") {
                    if key.get_ref() == "blob" {
                        value.get_ref().as_str().into_iter().for_each(|name| self.note(name));
                    }
                    self.note_uses(value);
                }
            }
            _ => {}
        }
    }

    fn note_template(&self, text: &str) {
        for piece in Template::parse(text).unwrap_or_default().0 {
            if let Piece::Name(name) | Piece::Len(name) | Piece::Port(name) = piece {
                self.note(&name);
            }
        }
    }

    fn note(&self, name: &str) {
        if let Some(variable) = self.variable(name) {
            variable.used.set(true);
        }
        if let Some(address) = self.addresses.get(name) {
            address.used.set(true);
        }
    }

    /// The variables, for the typed scenario.
    pub fn generators(&self) -> BTreeMap<String, Generator> {
        let of = |(name, variable): (&str, &Variable)| Some((name.to_owned(), variable.generator.clone()?));
        self.variables().filter_map(of).collect()
    }

    /// The addresses, for the typed scenario.
    pub fn into_addresses(self) -> BTreeMap<String, SocketAddr> {
        self.addresses.into_iter().filter_map(|(name, address)| Some((name, address.at?))).collect()
    }
}
