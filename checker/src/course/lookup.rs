//! An exercise's name, as a student types it.

use std::fmt;

use strsim::damerau_levenshtein;

use super::course_file::{Course, split};
use super::nearest::{list, quoted};

/// How many names a failed lookup offers.
const OFFERED: usize = 3;

/// A name that is none of the course's exercises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownExercise {
    /// As it was typed.
    pub asked: String,
    /// Folder names that are near to it, nearest first; may be empty.
    pub nearest: Vec<String>,
}

impl fmt::Display for UnknownExercise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no exercise is called {}", quoted(&self.asked))?;
        if !self.nearest.is_empty() {
            write!(f, "; did you mean {}?", list(self.nearest.iter().map(String::as_str)))?;
        }
        f.write_str("\n`checker list` shows them all")
    }
}

impl std::error::Error for UnknownExercise {}

impl Course {
    /// The folder name of the exercise that `asked` names: by number (`4`, `04`), by package
    /// (`multi_client`), by folder (`04_multi_client`), or by a path to the folder.
    ///
    /// # Errors
    /// No exercise has that name; the error offers near ones.
    pub fn resolve(&self, asked: &str) -> Result<&str, UnknownExercise> {
        let name = asked.trim_end_matches('/').rsplit('/').next().unwrap_or(asked);
        let number: Option<u32> = name.parse().ok();
        let is_asked = |folder: &&String| {
            let parts = split(folder);
            folder.as_str() == name
                || parts.is_some_and(|(own, package)| package == name || Some(own) == number)
        };
        match self.exercises.iter().find(is_asked) {
            Some(folder) => Ok(folder),
            None => Err(UnknownExercise { asked: asked.to_owned(), nearest: self.near(name) }),
        }
    }

    fn near(&self, name: &str) -> Vec<String> {
        let name = name.to_lowercase();
        let distance = |folder: &String| {
            if !name.is_empty() && folder.contains(&name) {
                return 0;
            }
            let package = split(folder).map_or(folder.as_str(), |(_, package)| package);
            let names = [folder.as_str(), package].into_iter().chain(package.split('_'));
            names.map(|known| damerau_levenshtein(&name, known)).min().unwrap_or(usize::MAX)
        };
        let limit = (name.chars().count() / 3).max(1);
        let mut ranked: Vec<(usize, &String)> =
            self.exercises.iter().map(|folder| (distance(folder), folder)).collect();
        ranked.retain(|(edits, _)| *edits <= limit);
        ranked.sort_by_key(|(edits, _)| *edits);
        ranked.into_iter().take(OFFERED).map(|(_, folder)| folder.clone()).collect()
    }
}
