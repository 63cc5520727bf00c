//! What a student reads in a terminal: strings, for whoever prints them. Knows verdicts and words, never
//! sockets.
//!
//! Nothing that a program wrote gets out of here as it was: control, direction and zero-width characters are
//! shown by their numbers. Colour helps; without it the text is the same.

mod collapse;
mod compile;
mod conversation;
mod event;
mod facts;
mod failure;
mod fault;
mod lines;
mod look;
mod names;
mod output;
mod rows;
mod table;
mod text;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod snapshots;

pub use self::compile::compiler_words;
pub use self::failure::{FailureContext, failure};
pub use self::lines::{scenario, summary};
pub use self::look::Look;
pub(in crate::report) use self::look::Paint;
pub(in crate::report) use self::text::{cut, pad, wrap};
pub use self::text::{hanging, paragraph};
