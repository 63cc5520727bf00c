//! What a run needs beside its plan.

use std::path::PathBuf;
use std::sync::OnceLock;

use super::over::Over;
use crate::build::builder::Builder;
use crate::course::Course;
use crate::drive::client::Keeper;
use crate::sandbox::Rung;
use crate::sandbox::known::Known;

/// Made once for a command.
#[derive(Debug)]
pub struct Means<'a> {
    pub course: &'a Course,
    pub builder: &'a Builder,
    pub nursery: Keeper,
    pub over: Over,
    /// The isolation rung that was asked for; None: the best that works.
    pub asked: Option<Rung>,
    /// The one that is used, once that is known.
    pub found: OnceLock<Rung>,
    /// Where it is remembered that the best one works.
    pub known: Known,
    /// Below which folder rung 0 makes the scenarios' folders.
    pub scratch: PathBuf,
    pub processors: usize,
}

impl Means<'_> {
    /// The isolation rung. The first who asks tries which one works, and meanwhile others wait.
    pub fn rung(&self) -> Rung {
        *self.found.get_or_init(|| self.asked.unwrap_or_else(|| self.known.best()))
    }
}

impl Drop for Means<'_> {
    fn drop(&mut self) {
        self.nursery.rest();
    }
}
