//! The reference solution of an exercise, and the typical mistakes that its scenarios must catch.

use std::path::{Path, PathBuf};

use crate::record::finding::Finding;

use super::course_file::Course;
use super::exercise::Exercise;
use super::mistakes;
use super::problem::{Problem, Problems};

/// `solutions/NN_name/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// The folder, absolute; the sources are in its `src`.
    pub dir: PathBuf,
    /// In the order of `mistakes.toml`; empty where there is no `mistakes` folder.
    pub mistakes: Vec<Mistake>,
}

/// A whole program with one mistake, which must fail where it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The program, absolute.
    pub file: PathBuf,
    /// The solution's file that it stands in for, relative to [`Solution::dir`]: `src/main.rs`.
    pub replaces: PathBuf,
    /// What is wrong with it, in one line.
    pub says: String,
    /// The name of the scenario that must fail.
    pub scenario: String,
    /// How that must fail.
    pub finding: Finding,
    /// Where `mistakes.toml` says so, from 1.
    pub line: u32,
}

impl Course {
    /// Reads the solution of `exercise`, with its mistakes.
    ///
    /// # Errors
    /// Sources that are missing, and every fault of `mistakes.toml`: files that are not there or not listed,
    /// scenarios, sources and findings that do not exist.
    pub fn solution(&self, exercise: &Exercise) -> Result<Solution, Problems> {
        let folder = Path::new("solutions").join(&exercise.name);
        let dir = self.root.join(&folder);
        let mut problems: Vec<Problem> = exercise
            .programs
            .iter()
            .filter(|program| !dir.join(&program.source).is_file())
            .map(|program| {
                let cure = format!("write the reference solution of `{}`", program.name);
                Problem::of_file(folder.join(&program.source), "the file is missing", cure)
            })
            .collect();
        let mut found = Vec::new();
        if dir.join("mistakes").is_dir() {
            match mistakes::load(&self.root, &folder.join("mistakes"), exercise) {
                Ok(mistakes) => found = mistakes,
                Err(faults) => problems.extend(faults.0),
            }
        }
        Problems::sorted(problems).or(Solution { dir, mistakes: found })
    }
}
