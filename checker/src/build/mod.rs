//! From a student's `src/` to binaries. Only `src/**` is taken: edition, crate types, features and
//! dependencies (none) are the course's, so that no manifest of a student's changes what is built.

pub mod boxed;
pub mod builder;
mod cache;
mod compiler;
pub mod joint;
mod linker;
pub mod linking;
mod modules;
mod names;
pub mod outcome;
mod process;
mod resting;
pub mod source;
pub mod stamp;
mod together;
mod toolchain;
mod workplace;

#[cfg(test)]
mod tests;
