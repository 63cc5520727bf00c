//! A student's work is replaced only after it was put aside.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Puts a copy of `from` in the place of `exercise/src`. What was there goes to a new folder below
/// `backups`, which is returned. At any moment both the old work and, at its end, the new are whole.
pub fn replace(exercise: &Path, from: &Path, backups: &Path) -> io::Result<PathBuf> {
    let src = exercise.join("src");
    fs::create_dir_all(backups)?;
    // Made ready beside the place first: no space or no permission shows here, where nothing is changed.
    let new = tempfile::Builder::new().prefix(".new-src-").tempdir_in(exercise)?;
    copy(from, &new.path().join("src"))?;
    let backup = free_name(exercise, backups)?;
    if src.symlink_metadata().is_ok() {
        fs::rename(&src, backup.join("src"))?;
    }
    if let Err(error) = fs::rename(new.path().join("src"), &src) {
        // Back to where it was.
        fs::rename(backup.join("src"), &src)?;
        return Err(error);
    }
    Ok(backup)
}

/// Makes `NN_name.1`, or the next number that is free.
fn free_name(exercise: &Path, backups: &Path) -> io::Result<PathBuf> {
    let name = exercise.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 1;
    loop {
        let place = backups.join(format!("{name}.{number}"));
        match fs::create_dir(&place) {
            Ok(()) => return Ok(place),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Copies a folder with all regular files in it.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let place = to.join(entry.file_name());
        if kind.is_dir() {
            copy(&entry.path(), &place)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_put_aside_each_time() {
        let root = tempfile::tempdir().unwrap();
        let (exercise, from, backups) =
            (root.path().join("01_a"), root.path().join("s"), root.path().join("b"));
        fs::create_dir_all(exercise.join("src/bin")).unwrap();
        fs::create_dir_all(&from).unwrap();
        fs::write(exercise.join("src/bin/server.rs"), "mine").unwrap();
        fs::write(from.join("main.rs"), "starter").unwrap();

        let first = replace(&exercise, &from, &backups).unwrap();
        assert_eq!(fs::read_to_string(first.join("src/bin/server.rs")).unwrap(), "mine");
        assert_eq!(fs::read_to_string(exercise.join("src/main.rs")).unwrap(), "starter");
        assert!(!exercise.join("src/bin").exists());

        let second = replace(&exercise, &from, &backups).unwrap();
        assert!(first != second && second.join("src/main.rs").is_file());
        assert_eq!(fs::read_dir(&exercise).unwrap().count(), 1, "nothing is left beside src");
    }

    #[test]
    fn nothing_happens_to_the_work_when_there_is_nothing_to_put_there() {
        let root = tempfile::tempdir().unwrap();
        let exercise = root.path().join("01_a");
        fs::create_dir_all(exercise.join("src")).unwrap();
        fs::write(exercise.join("src/main.rs"), "mine").unwrap();
        replace(&exercise, &root.path().join("absent"), &root.path().join("b")).unwrap_err();
        assert_eq!(fs::read_to_string(exercise.join("src/main.rs")).unwrap(), "mine");
    }
}
