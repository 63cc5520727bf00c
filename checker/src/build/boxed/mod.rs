//! Compiling a stranger's sources: on rung 3, in a process of its own.
//!
//! ```text
//! checker                      the client: hands over a job, takes the answer and the program's bytes
//!  └ checker __compile         the helper: reads the sources, enters the workshop, opens what was made
//!     └ supervisor             PID 1 of its namespaces
//!        └ rustc, cc, ld       sees the toolchain, the system's libraries, copies of the sources, its scratch
//! ```
//!
//! A submission's programs are first tried together, as far as they are suited, in one box (`together`). Each
//! of the rest has a box of its own (`alone`), and only of those are the compiler's words told.
//!
//! Nothing that the compiler does can reach a path of the host: what it made is opened by the helper, after the
//! last of its processes has ended, and written by the checker.

mod alone;
mod bench;
pub mod client;
pub mod helper;
mod job;
mod sources;
mod suited;
mod together;
mod watch;
