//! Submissions as they were found, before it is known whose they are for certain.

use std::path::Path;

use super::pattern::Told;
use super::tree::Root;
use crate::gradebook::record::Trouble;

/// One submission.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub told: Told,
    /// The name of its folder or file, where nothing else tells whose it is.
    pub label: String,
    pub roots: Vec<Root>,
    /// As the instructor named it, with `!` between an archive and what is in it.
    pub source: String,
    /// Why it could not be opened.
    pub trouble: Option<Trouble>,
}

/// Something that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecognised {
    /// As the instructor named it, with `!` between an archive and what is in it.
    pub path: String,
    /// One sentence: why, and what to do.
    pub why: String,
}

/// What a source was found to hold.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub drafts: Vec<Draft>,
    pub unrecognised: Vec<Unrecognised>,
}

impl Drafts {
    pub fn pass_over(&mut self, path: impl Into<String>, why: impl Into<String>) {
        self.unrecognised.push(Unrecognised { path: path.into(), why: why.into() });
    }
}

/// `path` with the part `inside` it: by `!` in an archive, by `/` in a folder.
pub(super) fn source(path: &Path, is_archive: bool, inside: &str) -> String {
    let path = path.display();
    match (inside, is_archive) {
        ("", _) => path.to_string(),
        (_, true) => format!("{path}!{inside}"),
        (_, false) => format!("{}/{inside}", path.to_string().trim_end_matches('/')),
    }
}
