//! What holds for every input: pure functions against simple models, and whatever reads bytes that a student
//! or an author of a course wrote.
//!
//! `cargo test -p checker --test properties -- --nocapture` tells how many inputs each property was tried on;
//! `PROPTEST_CASES=12800` tries fifty times as many. An input that broke a property is kept in `regressions/`,
//! and is tried first from then on.

mod chars;
mod course_fuzz;
mod course_limits;
mod cut;
mod escapes;
mod explanations;
mod facts;
mod hostile;
mod json;
mod judge;
mod matcher;
mod mutations;
mod observations;
mod protocol;
mod scenarios;
mod templates;
mod terminal;
mod tried;
mod values;
mod workshop;
