//! The steps of a scenario: from tables to typed steps, one after another, beside a table of the parts made so
//! far. A step that has a fault still makes its part, so that one fault is told once.

mod expect;
mod files;
mod names;
mod network;
mod over;
mod parts;
mod pattern;
mod payload;
mod programs;
mod reference;
mod rounds;
mod script;
mod send;
mod template;
mod verbs;

pub(super) use names::Names;
pub(super) use script::Script;
