//! One file a command.

pub mod doctor;
pub mod grade;
pub mod hint;
pub mod list;
pub mod mutants;
pub mod report;
pub mod reset;
pub mod run;
pub mod similar;
pub mod solution;
pub mod status;
pub mod stress;
pub mod verify;
