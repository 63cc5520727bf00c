//! Results and events become text: for a terminal, for a line that changes, for programs. Writes to
//! whatever it is given, and never sees how a result came about.

pub mod closing;
pub mod dry_run;
pub mod exercise;
pub mod grades;
pub mod json;
pub mod live;
pub mod mutants;
pub mod page;
pub mod tally;
pub mod terminal;
pub mod verification;
