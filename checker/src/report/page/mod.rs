//! `report.html`: a whole class on one page, in one file that asks the network for nothing.
//!
//! The page is the instructor's: hidden scenarios are on it, with a mark. The class is HTML and can be read
//! without scripts. The students are data beside it, and each becomes a page when it is opened: three hundred
//! of them are a hundred thousand elements, for which a browser would keep whoever opens the class waiting.
//!
//! What students, platforms and compilers wrote is put in by `html::Html` only, which escapes
//! everything that is not a literal of this module; the script makes elements of names that stand in itself,
//! and text of what stands in the data. Should either fail, the page's own policy still lets no script run
//! but ours, which it names by hash, and no text become markup.

mod anchor;
mod class;
mod data;
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
