//! What is asked of every submission.

use std::path::PathBuf;

use super::limits::Limits;
use super::locate::Wanted;
use super::pattern::Pattern;

/// A request, checked.
#[derive(Debug)]
pub(super) struct Order {
    pub exercises: Vec<Wanted>,
    pub limits: Limits,
    /// The instructor's own.
    pub pattern: Option<Pattern>,
    /// Whether more than one source was named.
    pub many: bool,
    /// Where archives in archives are unpacked.
    pub scratch: PathBuf,
}

impl Order {
    /// Whether one source is all that is asked for: then a class may be a folder of sources.
    pub fn asks_for_one_source(&self) -> bool {
        matches!(&self.exercises[..], [(_, sources)] if sources.len() == 1)
    }

    /// The path in its submission of a file that was handed in alone: whose it is, is its name then.
    pub fn mounted(&self, file: &str) -> String {
        match &self.exercises[..] {
            [(_, sources)] if sources.len() == 1 && file.ends_with(".rs") => sources[0].clone(),
            _ => file.to_owned(),
        }
    }
}
