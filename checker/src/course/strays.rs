//! What lies in the course's folders and is looked at by nobody.

use std::fs;
use std::path::{Path, PathBuf};

use super::course_file::{Course, split};
use super::exercise::Exercise;
use super::problem::Problem;

impl Course {
    /// A problem for each folder of an exercise that `course.toml` does not name.
    pub fn unnamed_exercises(&self) -> Vec<Problem> {
        let is_exercise = |path: &PathBuf| self.root.join(path).join("exercise.toml").is_file();
        let folders = self.entries_of(Path::new("exercises")).into_iter().filter(is_exercise);
        let unnamed = folders.filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| {
                split(name).is_some() && !self.exercises.iter().any(|known| known == name)
            })
        });
        let cure = "add its name to `exercises`, or take the folder away";
        unnamed.map(|path| Problem::of_file(path, "course.toml does not name this exercise", cure)).collect()
    }

    /// A problem for each loose file among the variants of an exercise's solution, and for each folder among its
    /// mistakes.
    pub fn stray_solutions(&self, exercise: &Exercise) -> Vec<Problem> {
        let solution = Path::new("solutions").join(&exercise.name);
        let is_folder = |path: &PathBuf| self.root.join(path).is_dir();
        let variants =
            self.entries_of(&solution.join("variants")).into_iter().filter(|path| !is_folder(path));
        let mistakes = self.entries_of(&solution.join("mistakes")).into_iter().filter(is_folder);
        let loose = |path| {
            let cure = "a variant is a folder with its own `src`: move it there, or take it away";
            Problem::of_file(path, "no variant has this file", cure)
        };
        let nested = |path| {
            let cure = "a mistake is one file beside mistakes.toml: move it there, or take the folder away";
            Problem::of_file(path, "no mistake is looked for in this folder", cure)
        };
        variants.map(loose).chain(mistakes.map(nested)).collect()
    }

    /// What lies in `folder`, which is relative to the root, as the entries are; those that begin with `.` are
    /// somebody else's.
    fn entries_of(&self, folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.root.join(folder)).into_iter().flatten().flatten();
        let seen = entries.filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
        seen.map(|entry| folder.join(entry.file_name())).collect()
    }
}
