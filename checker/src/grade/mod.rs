//! A class of submissions, graded: what has to be run, the one loop that runs it, and what it came to.
//!
//! ```text
//! Found ─ survey ─→ Case: what is there, what stands from the last time, what has to be run
//! Case ─ batch ─→ Plan ─ run ─→ JobResult ─ exercise ─→ ExerciseGrade ─ whole ─→ Record ─→ ledger
//! ```
//!
//! Pure are `choice` (what is graded again), `late`, `exercise` (from the loop's results to a grade) and `whole`
//! (from grades to a record). The disk is touched by `ledger` (the records), `work` (what is there only
//! while it is graded) and `survey` and `batch`, which take the sources.
//!
//! Nothing here prints. One bad submission is a row with the reason, and never ends the batch.

mod basis;
mod batch;
mod choice;
mod exercise;
mod late;
mod late_file;
mod ledger;
mod remarks;
mod survey;
#[cfg(test)]
mod tests;
mod whole;
mod window;
mod work;

pub use basis::Basis;
pub use batch::{Batch, Step, run};
pub use choice::Choice;
pub use late::{Late, Policy};
pub use late_file::LATE_FILE;
pub use ledger::{FILE, Ledger, LedgerError, read};
pub use remarks::{named, remarks};
pub use survey::{Case, Terms, stands, survey};
pub use whole::is_open;
pub use work::Work;
