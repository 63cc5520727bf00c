//! The set-ups of all who take part: each makes what it needs, and says how it is run.

pub mod cargo;
pub mod checker;
pub mod nextest;
pub mod rustlings;
