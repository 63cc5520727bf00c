//! The command line: what was typed becomes plans, and results become exit codes.

mod args;
mod class;
mod commands;
mod context;
mod exit;
mod feedback;
mod instructor;
mod lateness;
mod live_line;
mod main;
mod proving;
mod recorded;
mod said;
mod signals;
mod spinner;
mod student;

pub use main::main;
