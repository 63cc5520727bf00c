//! Grades in the shapes that other programs read: pure functions from records to the bytes of files.
//!
//! Three rules hold in every format:
//!
//! - What was not graded is never a zero. Each format has its own way to say so (`standing`).
//! - Of a hidden scenario a student learns the points and nothing else. What students may read is made
//!   from `told` alone, never from a record's scenarios.
//! - Everything in a record is somebody else's text. Control characters are spelled out (`clean`), and
//!   each format escapes what it gives a meaning to.

mod annotations;
mod canvas;
mod cell;
mod classroom50;
mod clean;
mod course;
mod csv;
mod error;
mod exercism;
mod feedback;
mod file_name;
mod format;
mod gradescope;
pub mod jsonl;
mod junit;
mod markdown;
mod moodle;
mod number;
mod options;
mod person;
mod prairielearn;
mod render;
mod roll;
mod sheet;
mod standing;
mod summary;
mod table;
mod told;
mod utc;

#[cfg(test)]
mod tests;

pub use self::course::{CourseInfo, ExerciseInfo};
pub use self::error::FormatError;
pub use self::file_name::file_names;
pub use self::format::{Format, Shape};
pub use self::options::{CanvasOptions, ClassroomOptions, GivenFile, MoodleColumns, MoodleOptions, Options};
pub use self::render::{Rendered, render};
pub use self::standing::{Standing, Why};
pub use self::utc::utc;
