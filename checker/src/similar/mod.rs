//! Which submissions share more than the starter explains. Pure functions from texts to a report, and from a report
//! to a page and a table.
//!
//! ```text
//! text ─ lexer, literals ─→ lexemes ─ normal, imports, names ─→ tokens ─ fingerprint ─→ k-grams
//!   given and common k-grams are taken away (work), the others weighed by their rarity
//!   a window of k-grams ─ fingerprint ─→ marks ─ candidates ─→ pairs that share enough of them
//!   pairs ─ tiles ─→ stretches in common ─ class ─→ scores ─ places, lines ─→ what is shown side by side
//! ```
//!
//! Ranking: a shared token counts 1 if only these two have the k-gram that it begins, and 1/log₂ n if n submissions
//! do; the sum, times the greater of the two shares, is the suspicion. K-grams that more than a fifth of a class has
//! (and more than six) are its idiom, and count as given. The thresholds are in [`Options`], and where they come from
//! in `tests/course.rs`.

mod candidates;
mod class;
mod compare;
mod fingerprint;
mod groups;
mod imports;
mod lexer;
mod lines;
mod literals;
mod names;
mod normal;
mod options;
mod page;
mod places;
mod report;
mod submission;
mod table;
mod tiles;
mod visible;
mod work;

pub use compare::compare;
pub use options::Options;
pub use page::page;
pub use report::{Compared, Group, Line, MOST_LINES, Member, Note, Pair, Place, Region, Report};
pub use submission::Submission;
pub use table::table;

#[cfg(test)]
mod tests;
