//! The sandbox at work, with the host's shell as the student's program. Each test has a runner in a
//! process of its own; on hosts that forbid rung 3, its half of a test is left out.

mod files;
mod harness;
mod landlock;
mod network;
mod processes;
mod survival;
mod vacancy;
mod workshop;
