//! What is on the disk only while a class is graded: sources and binaries of strangers.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder's name, below the one that the grades go to.
const NAME: &str = ".work";

/// A folder for all that has to be gone afterwards. What a grader that was killed left is taken away by
/// the next one.
#[derive(Debug)]
pub struct Work {
    root: PathBuf,
}

impl Work {
    /// Makes the folder below `out` anew. Whoever calls this holds the lock of `out`.
    ///
    /// # Errors
    /// It can't be emptied, or can't be made.
    pub fn new(out: &Path) -> io::Result<Self> {
        let root = out.join(NAME);
        if fs::symlink_metadata(&root).is_ok() {
            fs::remove_dir_all(&root)?;
        }
        let work = Work { root };
        for folder in [work.submissions(), work.scratch()] {
            fs::create_dir_all(folder)?;
        }
        Ok(work)
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the compiler's work goes.
    pub fn build(&self) -> PathBuf {
        self.root.join("build")
    }

    /// Below which weak isolation makes the scenarios' folders.
    pub fn scratch(&self) -> PathBuf {
        self.root.join("scratch")
    }

    fn submissions(&self) -> PathBuf {
        self.root.join("submissions")
    }

    /// The folder of one submission: only numbers are in its name.
    pub fn folder(&self, number: usize) -> PathBuf {
        self.submissions().join(format!("{number:05}"))
    }

    /// Makes that folder.
    pub fn submission(&self, number: usize) -> io::Result<PathBuf> {
        let folder = self.folder(number);
        fs::create_dir(&folder)?;
        Ok(folder)
    }

    /// Takes everything away.
    ///
    /// # Errors
    /// Something can't be removed: the next grader tries again.
    pub fn remove(self) -> io::Result<()> {
        fs::remove_dir_all(&self.root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_grader_left_is_taken_away() {
        let out = tempfile::tempdir().unwrap();
        let work = Work::new(out.path()).unwrap();
        let left = work.submission(7).unwrap();
        fs::write(left.join("main.rs"), "").unwrap();
        drop(work);
        let work = Work::new(out.path()).unwrap();
        assert!(!left.exists());
        work.remove().unwrap();
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
    }
}
