//! From an observation to a verdict, and from a failure to words. Pure functions; no socket, no file.

pub mod explain;
pub mod judge;
pub mod outcome;
