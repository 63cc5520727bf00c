//! The linker, started while the compiler is still at work.
//!
//! A third of the time that linking takes is the linker's own start. So it is started beside the compiler, and
//! waits for its arguments: they come from a file, which is a pipe that nobody writes to yet. What the compiler
//! calls in the linker's place is the checker itself, which hands over the arguments:
//!
//! ```text
//! checker ── starts ──→ compiler ── calls ──→ stand-in ── arguments ──→ checker
//!    └────── starts ──→ linker ←──────────────── arguments ────────────────┘
//! ```
//!
//! When the linker has made the program, nothing is left for the compiler to do but to tidy up (its own list of
//! what it can take over the next time is complete before it links): it is not waited for.

mod ahead;
mod arguments;
mod arrival;
mod stand_in;
pub mod unwinder;

pub use ahead::{Ahead, Linked, Prepared, Waiting};
pub use stand_in::{ARGUMENT, stand_in};
pub use unwinder::Unwinder;
