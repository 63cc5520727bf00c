//! The end-to-end suite: the binary as students, authors and CI meet it. One binary, a file a feature.
//!
//! The suite needs a Rust compiler and isolation rung 3; `checker doctor` tells whether both are there.

mod support;

mod bad_input;
mod commands;
mod engine;
mod failures;
mod grading;
mod hostile;
mod hostile_suite;
mod house;
mod isolation;
mod pitfalls;
mod progress;
mod promises;
mod signals;
mod verify;
