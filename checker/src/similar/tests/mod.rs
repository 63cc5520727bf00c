//! The room's tests that need more than one of its files.

mod course;
mod disguise;
mod programs;
mod properties;
mod shown;
