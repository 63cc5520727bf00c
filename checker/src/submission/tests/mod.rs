//! Submissions of every kind, honest and hostile, from the name on the command line to the copied sources.

mod bad_input;
mod bounds;
mod bulk;
mod checkouts;
mod fuzz;
mod layouts;
mod mistakes;
mod rosters;
mod students;
mod support;
mod taking;
mod tars;
mod zips;
