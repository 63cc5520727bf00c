//! `checker` proves network programs by being the other end of their sockets.
//!
//! # The way of the data
//!
//! ```text
//! course.toml ─ course ─→ Exercise ─ plan ─→ Plan ─ run ─┬ build ─→ BuildOutcome
//! exercise.toml                                          ├ drive (in the sandbox) ─→ Observation
//!                                                        └ verdict: judge ─→ Verdict
//!                                   event ─→ report: explain ─→ words       progress
//! ```
//!
//! # The rooms
//!
//! Each room owns the type that it hands on, and imports only rooms above it in this list; a test
//! holds that.
//!
//! | room | owns | may not |
//! |---|---|---|
//! | [`scenario`] | steps, templates, values, matching: pure functions over bytes | know exercises, sockets, files |
//! | [`mutate`] | a program's text to the wrong programs that are one change away from it | know exercises, compile, run |
//! | [`record`] | what was observed, and the names of the findings: plain, serialisable data | judge |
//! | [`sandbox`] | namespaces, limits, supervision of processes | know scenarios or exercises |
//! | [`gradebook`] | what is known of graded submissions: plain, serialisable data | judge |
//! | [`similar`] | which programs share more than the starter explains: texts to a report | touch a file |
//! | [`submission`] | from whatever was handed in to each student's sources, in bounded time and memory | compile, run, print |
//! | [`course`] | the course's files, and every fault in them with its place | run anything |
//! | [`plan`] | which crates are proved, and by which scenarios | touch a file |
//! | [`build`] | from `src/` to a binary, known by content | know scenarios |
//! | [`drive`] | a program taken through a scenario, in a process of its own | judge, print |
//! | [`verdict`] | `judge` (pure: observation to verdict), `explain` (pure: failure to words) | do input or output |
//! | [`event`] | what passes from the loop to reports | |
//! | [`run`] | the one loop: compilers and scenarios side by side | print |
//! | [`progress`] | what a student has done; their work, put aside before it is replaced | see `build`, `drive`, `sandbox` |
//! | [`report`] | results to text, for people and programs | see `build`, `drive`, `sandbox` |
//! | [`grade`] | a class of submissions through the one loop, and their records on the disk | print |
//! | [`cli`] | arguments, commands, exit codes | |
//!
//! `Err` is our own fault, or the course author's. A student's fault is a
//! [`Verdict`](verdict::outcome::Verdict). The two leave by different exit codes.
//!
//! # The processes
//!
//! ```text
//! checker                    threads: compilers, and one for each scenario that runs
//!  ├ rustc                   its own process group, a budget, dies with the checker
//!  ├ rust-lld                waits until the compiler wants to link, see [`build::linking`]
//!  ├ checker __compile       the same for strangers' sources, of one program or all of a submission: rustc in
//!  │                         a box, see [`build::boxed`]
//!  └ checker __nursery       one, single-threaded: has runners born, runs nothing itself
//!     └ runner               one a scenario, or for several of one program, single-threaded: the poll loop, the checker's sockets
//!        └ supervisor        one a program: PID 1 of its namespaces; buries the dead, reports
//!           └ the program    and whatever it starts
//! ```
//!
//! The verdict is made from what the runner tells, and the program can neither see nor signal it.
//! Whatever ends the checker, even `SIGKILL`, ends everything below it.

pub mod build;
pub mod cli;
pub mod course;
pub mod drive;
pub mod event;
pub mod grade;
pub mod gradebook;
pub mod mutate;
pub mod plan;
pub mod progress;
pub mod record;
pub mod report;
pub mod run;
pub mod sandbox;
pub mod scenario;
pub mod similar;
pub mod submission;
pub mod verdict;
