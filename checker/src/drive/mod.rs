//! Driving a program through a scenario: the checker is the other end of its sockets. Records what
//! happened and judges nothing.
//!
//! [`client`] is the checker's side; it has a [`runner`] process born in the [`nursery`] for each scenario, or has one
//! drive another scenario of the same owner's.
//! The runner is one thread around one `poll` loop (`world`), so that a program can be started at any step without
//! forking a process that has threads, and so that nothing of the checker is ever blocked.

pub mod client;
mod happenings;
mod interests;
pub mod job;
mod kernel;
pub mod nursery;
mod part;
mod ports;
pub mod runner;
mod script;
mod standstill;
mod vacancy;
mod wait;
mod world;
