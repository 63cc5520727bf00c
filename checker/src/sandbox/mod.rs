//! Where a student's program runs: namespaces, limits, supervision. A leaf: it knows commands and
//! limits, never an exercise or a scenario.
//!
//! ```text
//! runner       one process for a scenario, or several one after the other, single-threaded for its whole life;
//!  │           holds the peers' sockets in the network namespace that it shares with the programs
//!  ├ supervisor   one per program at a time: starts it, buries the dead, reports; PID 1 of its own namespaces
//!  │  └ program    what the student wrote, and every process that it starts
//!  └ supervisor …
//! ```
//!
//! The runner enters once ([`EmptySandbox::enter`]), makes the sandbox its scenario's
//! ([`EmptySandbox::furnish`]), starts programs ([`Sandbox::spawn`]) and polls their
//! [`Process::events_fd`]s. Whatever ends the runner, even a `SIGKILL`, ends every program too.
//!
//! How much of that is enforced depends on the [`Rung`], which says what each one lacks. On rung 3 the program sees a root of its own,
//! no processes but its own, no network but the loopback it shares with the runner, and no way to more
//! rights. On rung 0 it merely has limits and a supervisor: that is for one's own code only.
//!
//! A compiler that is given a stranger's sources is shut in the same way: see [`workshop`].
//!
//! When all of a scenario's programs have ended, the sandbox may be made as new for another one of the same owner's programs
//! ([`Sandbox::vacate`]): the folder is as it was made or another one, each program has a user of its own as ever. What
//! is left in the network only the runner knows, which ends that too, or itself. When no process of a program is left
//! its supervisor may start the next one, of the same scenario or a later one, in the process namespace that is empty then;
//! it sees what it would see in a new one. Nothing that a program does reaches its supervisor but the ends of processes.
//!
//! Supervisors, with a process that only lacks the program's name, can be had before there is a program
//! ([`EmptySandbox::stand_by`]).
//!
//! The parts, from the outside in: [`enter`] (with `identity`, `namespaces`, `root`, `mounts`,
//! `scratch`, `programs`), `standby` and [`process`] (with `handle`, `channel`, `tree`, `usage`), the supervisor and the
//! student's last steps before `exec` (`supervisor`, `box_up`, `student`, `filter`, `privileges`).

mod borrowed;
mod box_up;
pub mod bubblewrap;
mod channel;
pub mod child;
pub mod enter;
pub mod error;
mod filter;
mod handle;
pub mod handover;
mod identity;
pub mod known;
mod landlock;
pub mod limits;
mod loopback;
mod mounts;
mod namespaces;
mod orders;
pub mod parent;
mod pipes;
pub mod priority;
mod privileges;
pub mod probe;
pub mod process;
pub mod processors;
pub mod procfs;
mod programs;
mod root;
pub mod rung;
mod scratch;
mod standby;
mod step;
mod student;
mod supervisor;
#[cfg(test)]
mod tests;
pub mod tree;
mod usage;
pub mod workshop;

pub use enter::{EmptySandbox, Sandbox};
pub use error::SandboxError;
pub use limits::Limits;
pub use parent::die_with_parent;
pub use pipes::replace;
pub use process::Process;
pub use programs::Programs;
pub use rung::Rung;
pub use workshop::Workshop;
