//! What is asked of every submission.

use std::path::PathBuf;

use super::limits::Limits;
use super::locate::Wanted;
use super::pattern::Pattern;
use super::place::{Child, Kind, Place};

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
    /// Where the grades go, without links; None where there is no such folder.
    pub grades: Option<PathBuf>,
}

/// The file by which a folder of grades is known.
const RECORDS: &str = "grades.jsonl";
/// The folder in it with what students are told.
const FEEDBACK: &str = "feedback";

impl Order {
    /// Whether one source is all that is asked for: then a class may be a folder of sources.
    pub fn asks_for_one_source(&self) -> bool {
        matches!(&self.exercises[..], [(_, sources)] if sources.len() == 1)
    }

    /// Whether a folder is one of grades, and nobody's submission.
    pub fn is_of_grades(&self, folder: &Place) -> bool {
        self.grades.as_deref().is_some_and(|grades| folder.is_at(grades)) || folder.holds(RECORDS)
    }

    /// Why `child`, in a folder of grades or elsewhere, can't be anybody's submission.
    pub fn written_here(&self, child: &Child, in_grades: bool) -> Option<&'static str> {
        if child.kind != Kind::Folder {
            return None;
        }
        if in_grades && child.name == FEEDBACK {
            return Some("it holds what students are told, and no submission");
        }
        self.is_of_grades(&child.place).then_some("it holds grades, and no submission")
    }

    /// The path in its submission of a file that was handed in alone: whose it is, is its name then.
    pub fn mounted(&self, file: &str) -> String {
        match &self.exercises[..] {
            [(_, sources)] if sources.len() == 1 && file.ends_with(".rs") => sources[0].clone(),
            _ => file.to_owned(),
        }
    }
}
