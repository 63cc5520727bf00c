//! What the author wrote, read and checked: `course.toml`, each `exercise.toml`, each `mistakes.toml` and
//! `mutants.toml`.
//!
//! Everything that leaves this room is typed and whole: every name in a scenario is known, every regular
//! expression compiles, every address is a loopback one. What is wrong is told all at once, each fault with its
//! line and column ([`Problems`]). Nothing here compiles, runs or prints.
//!
//! The way through it: a file's text becomes a tree of TOML values with places (`source`, `fields`), the tree
//! becomes a [`Course`], an [`Exercise`] or a [`Solution`], and the steps of a scenario are read one after
//! another beside a table of the parts made so far (`steps`).

mod address;
mod course_file;
mod equivalents;
mod error;
mod exercise;
mod exercise_file;
mod field;
mod fields;
mod files;
mod limits;
mod lookup;
mod mistakes;
mod nearest;
mod problem;
mod scenario_file;
mod solution;
mod source;
mod steps;
mod strays;
mod variables;

#[cfg(test)]
mod tests;

pub use course_file::Course;
pub use error::CourseError;
pub use exercise::{Exercise, Program};
pub use limits::Limits;
pub use lookup::UnknownExercise;
pub use problem::{Place, Problem, Problems};
pub use solution::{Equivalent, Mistake, Solution};
