//! What a student has done so far, across crashes and across checkers that run side by side.

mod file;
pub mod record;
pub mod verdict;
pub mod work;
