//! The reference solution of an exercise, and the typical mistakes that its scenarios must catch.

use std::path::{Path, PathBuf};

use crate::record::finding::Finding;

use super::course_file::Course;
use super::equivalents;
use super::exercise::Exercise;
use super::mistakes;
use super::problem::{Problem, Problems};

/// `solutions/NN_name/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// The folder, absolute; the sources are in its `src`.
    pub dir: PathBuf,
    /// Right programs in other styles: the folders in `variants`, absolute, by name. Each has its own `src`.
    pub variants: Vec<PathBuf>,
    /// In the order of `mistakes.toml`; empty where there is no `mistakes` folder.
    pub mistakes: Vec<Mistake>,
    /// In the order of `mutants.toml`; empty where there is no such file.
    pub equivalents: Vec<Equivalent>,
}

/// A change of the solution after which it still does all that the contract asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivalent {
    /// The mutant's name.
    pub mutant: String,
    /// Why nothing can notice the change, in one line.
    pub reason: String,
    /// Where `mutants.toml` names it, from 1.
    pub line: u32,
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
    /// Sources that are missing, and every fault of `mutants.toml` and `mistakes.toml`: files that are not there or not listed,
    /// scenarios, sources and findings that do not exist.
    pub fn solution(&self, exercise: &Exercise) -> Result<Solution, Problems> {
        let folder = Path::new("solutions").join(&exercise.name);
        let dir = self.root.join(&folder);
        let mut problems = self.missing_sources(exercise, &folder, "write the reference solution");
        let mut found = Vec::new();
        if dir.join("mistakes").is_dir() {
            match mistakes::load(&self.root, &folder.join("mistakes"), exercise) {
                Ok(mistakes) => found = mistakes,
                Err(faults) => problems.extend(faults.0),
            }
        }
        let equivalents = equivalents::load(&self.root, &folder).unwrap_or_else(|faults| {
            problems.extend(faults.0);
            Vec::new()
        });
        let variants = variants(&dir);
        for variant in &variants {
            let shown = variant.strip_prefix(&self.root).unwrap_or(variant);
            let sources = exercise.programs.iter().map(|program| &program.source);
            problems.extend(sources.filter(|source| !variant.join(source).is_file()).map(|source| {
                Problem::of_file(shown.join(source), "the file is missing", "write it, or drop the variant")
            }));
        }
        Problems::sorted(problems).or(Solution { dir, variants, mistakes: found, equivalents })
    }

    /// The starter of `exercise`, as it was handed out: the folder, absolute.
    ///
    /// # Errors
    /// Sources that are missing.
    pub fn starter(&self, exercise: &Exercise) -> Result<PathBuf, Problems> {
        let folder = Path::new("solutions").join(&exercise.name).join("starter");
        let problems = self.missing_sources(exercise, &folder, "keep a copy of the starter");
        Problems::sorted(problems).or(self.root.join(folder))
    }

    /// The sources of an exercise's programs that are not below `folder`, which is relative to the root.
    fn missing_sources(&self, exercise: &Exercise, folder: &Path, cure: &str) -> Vec<Problem> {
        let files = exercise.programs.iter().map(|program| (folder.join(&program.source), &program.name));
        let missing = files.filter(|(file, _)| !self.root.join(file).is_file());
        let problem =
            |(file, name)| Problem::of_file(file, "the file is missing", format!("{cure} of `{name}`"));
        missing.map(problem).collect()
    }
}

/// The folders in `variants`; none where there is no such folder.
fn variants(solution: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(solution.join("variants")).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> =
        entries.filter(|entry| entry.path().is_dir()).map(|entry| entry.path()).collect();
    folders.sort();
    folders
}
