//! The formats together: one class that has everything in it, what holds in all formats, each format's own
//! shape, and whatever text there may be.

mod bad_input;
mod class;
mod gradebooks;
mod lines;
mod promises;
mod properties;
mod samples;
mod sizes;
mod snapshots;
