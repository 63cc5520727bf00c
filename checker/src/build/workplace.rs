//! Where the compiler puts what it makes, before that is known to be whole and moved to the cache.

use std::fs::{self, DirEntry, File};
use std::io;
use std::path::{Path, PathBuf};

/// An empty folder that nobody else uses.
#[derive(Debug)]
pub enum Workplace {
    /// The same each time, since its name is one of the things by which the compiler knows what it can
    /// take over from the last time: under another name it does half of it again. Locked while in use.
    Own { folder: PathBuf, _lock: File },
    /// For once.
    Fresh(tempfile::TempDir),
}

impl Workplace {
    /// Below `parent`; `own` names it where something is kept from one compilation to the next. While
    /// another checker compiles the same program there, a fresh one has to do.
    pub fn open(parent: &Path, own: Option<&str>) -> io::Result<Self> {
        if let Some(name) = own {
            let lock = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(parent.join(format!(".{name}.lock")))?;
            if lock.try_lock().is_ok() {
                let folder = parent.join(format!(".{name}"));
                match fs::read_dir(&folder) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir(&folder)?,
                    // To make the folder anew costs a disk more than to empty it.
                    entries => entries?.try_for_each(|entry| remove(&entry?))?,
                }
                return Ok(Workplace::Own { folder, _lock: lock });
            }
        }
        Ok(Workplace::Fresh(tempfile::Builder::new().prefix(".making-").tempdir_in(parent)?))
    }

    pub fn path(&self) -> &Path {
        match self {
            Workplace::Own { folder, .. } => folder,
            Workplace::Fresh(folder) => folder.path(),
        }
    }
}

fn remove(entry: &DirEntry) -> io::Result<()> {
    match entry.file_type()?.is_dir() {
        true => fs::remove_dir_all(entry.path()),
        false => fs::remove_file(entry.path()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_own_is_empty_and_has_the_same_name_each_time() {
        let parent = tempfile::tempdir().unwrap();
        let open = || Workplace::open(parent.path(), Some("demo")).unwrap();
        let first = open();
        let path = first.path().to_owned();
        fs::create_dir_all(path.join("left/below")).unwrap();
        fs::write(path.join("left/below/file"), "").unwrap();
        fs::write(path.join("file"), "").unwrap();
        let second = open();
        assert_ne!(second.path(), path, "it is in use");
        drop(first);
        assert_eq!(open().path(), path);
        assert_eq!(fs::read_dir(&path).unwrap().count(), 0);
        assert_eq!(fs::read_dir(second.path()).unwrap().count(), 0);
    }
}
