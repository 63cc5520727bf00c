//! What is to be proved: every command makes a plan, and one loop runs it.

mod job;

pub use job::{Extent, Job, Plan, Subject};
