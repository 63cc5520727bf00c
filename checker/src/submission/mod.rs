//! From what the instructor named to the sources of each student's exercises.
//!
//! Everything here was made by strangers, and is read as such. A submission that is empty, broken, huge or hostile
//! becomes a [`Found`] with the reason, in bounded time and memory, and the next one is looked at; only the
//! instructor's own mistakes are errors ([`IntakeError`]). Nothing here compiles, runs or prints, and nothing is
//! written but the sources that [`Found::take`] was asked for.
//!
//! The way through it: a source is opened (`source`) and sorted into drafts, one a submission (`shelf`, by names
//! that `pattern` understands). Each draft is surveyed: all of its files on the disk or in archives (`place`, `tree`,
//! `archive`), among them the exercises (`locate`), of each the files that are taken (`plan`). Then each draft
//! gets its student (`whose`, `join`).

mod archive;
mod digest;
mod disk;
mod draft;
mod error;
mod fault;
mod found;
mod git;
mod git_pack;
mod join;
mod limits;
mod locate;
mod names;
mod order;
mod pattern;
mod place;
mod plan;
mod request;
mod roster;
mod roster_file;
mod rows;
mod shelf;
mod side_by_side;
mod source;
mod spelling;
mod survey;
mod take;
mod time;
mod tree;
mod whose;

#[cfg(test)]
mod tests;

pub use draft::Unrecognised;
pub use error::{IntakeError, TakeError};
pub use found::{Found, Held, Joined, TimeFrom};
pub use limits::Limits;
pub use request::{Intake, Request};
pub use rows::DryRow;
pub use side_by_side::{Tell, side_by_side};
pub use take::{Taken, TakenExercise};
pub use time::parse as parse_time;
