//! What tells that a file is still the one it was, without reading it.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A file's place, identity, size and times. Content can't be changed without a new time of change,
/// which the kernel sets and nobody else can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    path: PathBuf,
    device: u64,
    inode: u64,
    len: u64,
    /// Seconds and nanoseconds.
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    /// Of the file that `path` leads to; None where there is none.
    pub fn of(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        Some(Stamp {
            path: path.to_owned(),
            device: found.dev(),
            inode: found.ino(),
            len: found.len(),
            modified: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        })
    }

    /// Of the folder `dir`, and all that is in it.
    pub fn of_tree(dir: &Path, stamps: &mut Vec<Stamp>) -> io::Result<()> {
        stamps.extend(Stamp::of(dir));
        let mut entries: Vec<_> = fs::read_dir(dir)?.collect::<io::Result<_>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            if entry.file_type()?.is_dir() {
                Stamp::of_tree(&entry.path(), stamps)?;
            } else {
                stamps.extend(Stamp::of(&entry.path()));
            }
        }
        Ok(())
    }

    /// Whether the file is still that one.
    pub fn holds(&self) -> bool {
        Stamp::of(&self.path).as_ref() == Some(self)
    }
}
