//! Binaries by the digest of what they were made from: a stale one can't be found.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::source::Digest;
use super::workplace::Workplace;

/// Binaries kept; with 0.5 MB each that is below half a gigabyte.
const KEPT: usize = 800;
/// So many more before any is dropped.
const SLACK: usize = 100;

/// Behind a binary's name: the compiler's words about it.
const SAID: &str = "said";

#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// # Errors
    /// The folder can't be made.
    pub fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Cache { folder })
    }

    fn place(&self, digest: &Digest) -> PathBuf {
        self.folder.join(digest)
    }

    /// The binary that was made from this, and what the compiler said when it was.
    pub fn find(&self, digest: &Digest) -> Option<(PathBuf, String)> {
        let place = self.place(digest);
        // Warnings that were there then are there still: nothing has changed.
        let said = fs::read_to_string(place.with_extension(SAID)).unwrap_or_default();
        // Touched, so that what is used is what is kept.
        let file = fs::File::open(&place).ok()?;
        drop(file.set_modified(SystemTime::now()));
        Some((place, said))
    }

    /// Moves a binary in, with what the compiler said: it is there whole, or not at all.
    pub fn insert(&self, digest: &Digest, binary: &Path, said: &str) -> io::Result<PathBuf> {
        let place = self.place(digest);
        if !said.is_empty() {
            fs::write(place.with_extension(SAID), said)?;
        }
        fs::rename(binary, &place)?;
        Ok(place)
    }

    /// Takes a binary out, if it is there.
    pub fn remove(&self, digest: &Digest) {
        let place = self.place(digest);
        for file in [place.with_extension(SAID), place] {
            // Most have nothing said of them.
            drop(fs::remove_file(file));
        }
    }

    /// Where a compilation works, on the same file system.
    pub fn workplace(&self, own: Option<&str>) -> io::Result<Workplace> {
        Workplace::open(&self.folder, own)
    }

    /// Drops the binaries that have not been used for longest, above the number that is kept. Most of the time
    /// there are few above it, and no file is looked at.
    pub fn prune(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let entries: Vec<fs::DirEntry> = entries
            .flatten()
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
            // Not the locks of workplaces.
            .filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
            .collect();
        if entries.len() <= KEPT + SLACK {
            return;
        }
        let used =
            entries.iter().filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())));
        let mut binaries: Vec<(SystemTime, PathBuf)> = used.collect();
        binaries.sort();
        for (_, path) in &binaries[..binaries.len().saturating_sub(KEPT)] {
            // Another checker may have dropped it first.
            drop(fs::remove_file(path));
        }
    }
}
