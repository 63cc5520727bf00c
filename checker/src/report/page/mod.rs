//! `report.html`: a whole class on one page, in one file that asks the network for nothing.
//!
//! The page is the instructor's: hidden scenarios are on it, with a mark. All that is on it is HTML, so
//! it can be read without scripts, as one long page; the script shows one student at a time, sorts
//! and filters what is there, and holds no data.
//!
//! What students, platforms and compilers wrote is put in by `html::Html` only, which escapes
//! everything that is not a literal of this module. Should it fail, the page's own policy still lets no
//! script run but ours, which it names by hash.

mod anchor;
mod class;
mod date;
mod document;
mod exercise;
mod figures;
mod grid;
mod histogram;
mod html;
mod mark;
mod policy;
mod standing;
mod student;
mod summary;
#[cfg(test)]
mod tests;
mod texts;
mod trouble;
mod visible;
mod worst;
mod worst_table;

pub use document::page;
