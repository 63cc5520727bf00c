//! Wrong programs, by the hundred: the text of a program becomes its mutants, each with one small change that a
//! slip of the hand could have made.
//!
//! Pure functions from text to text. Whether a mutant compiles, and whether anything notices it, is found out
//! elsewhere.

mod bodies;
mod branches;
mod calls;
mod edit;
mod literals;
mod mutant;
mod operators;
mod statements;
mod walk;

#[cfg(test)]
mod tests;

pub use mutant::{Mutant, mutants};
