//! Reads a stranger's sources, to be copied into the box: regular files only, of bounded size and number.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::build::source;

/// Files and folders in one crate's `src`.
const ENTRIES: usize = 4096;
/// Folders in folders.
const DEPTH: usize = 32;

/// Why the sources are not taken: the file, relative to `src`, and what is wrong with it.
pub(super) type Trouble = (PathBuf, String);

/// Every file below `src`, relative to it, and what it holds: at most `left` bytes, which become fewer by them.
pub(super) fn read(src: &Path, left: &mut u64) -> Result<Vec<(PathBuf, Vec<u8>)>, Trouble> {
    let mut reading = Reading { src, found: Vec::new(), entries: 0, left };
    // Of itself: a link would lead to a folder that is not the student's.
    match fs::symlink_metadata(src) {
        Ok(found) if found.is_dir() => reading.folder(src, 0)?,
        Ok(_) => return Err(reading.trouble(src, "it is no folder")),
        Err(error) => return Err(reading.trouble(src, error)),
    }
    Ok(reading.found)
}

struct Reading<'a> {
    src: &'a Path,
    found: Vec<(PathBuf, Vec<u8>)>,
    entries: usize,
    left: &'a mut u64,
}

impl Reading<'_> {
    fn folder(&mut self, folder: &Path, depth: usize) -> Result<(), Trouble> {
        if depth > DEPTH {
            return Err(self.trouble(folder, format!("it is more than {DEPTH} folders deep")));
        }
        let entries = fs::read_dir(folder).map_err(|error| self.trouble(folder, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| self.trouble(folder, error))?;
            self.entries += 1;
            if self.entries > ENTRIES {
                return Err(self.trouble(folder, format!("there are more than {ENTRIES} files")));
            }
            self.entry(&entry, depth)?;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry, depth: usize) -> Result<(), Trouble> {
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| self.trouble(&path, error))?;
        if kind.is_dir() {
            return self.folder(&path, depth + 1);
        }
        if !kind.is_file() {
            return Err(self.trouble(&path, foreign(kind)));
        }
        let content = source::read_at_most(&path, self.left).map_err(|error| self.trouble(&path, error))?;
        self.found.push((path.strip_prefix(self.src).unwrap_or(&path).to_owned(), content));
        Ok(())
    }

    fn trouble(&self, path: &Path, what: impl ToString) -> Trouble {
        (path.strip_prefix(self.src).unwrap_or(path).to_owned(), what.to_string())
    }
}

fn foreign(kind: fs::FileType) -> io::Error {
    let what = if kind.is_symlink() { "a symbolic link" } else { "a FIFO, a socket or a device" };
    io::Error::other(format!("it is {what}: only what stands in src itself is compiled"))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use nix::sys::stat::Mode;

    use super::*;

    fn read(src: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, Trouble> {
        super::read(src, &mut { source::MOST })
    }

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let src = dir.path().join("src");
        fs::create_dir_all(src.join("bin")).unwrap();
        fs::write(src.join("bin/a.rs"), "fn main() {}").unwrap();
        (dir, src)
    }

    #[test]
    fn files_are_read_with_their_places() {
        let (_dir, src) = folder();
        assert_eq!(read(&src).unwrap(), [("bin/a.rs".into(), b"fn main() {}".to_vec())]);
    }

    #[test]
    fn what_is_no_file_is_told() {
        let (dir, src) = folder();
        symlink("/etc/passwd", src.join("b.rs")).unwrap();
        let (path, trouble) = read(&src).unwrap_err();
        assert!(path == Path::new("b.rs") && trouble.contains("a symbolic link"), "{trouble}");
        fs::remove_file(src.join("b.rs")).unwrap();
        nix::unistd::mkfifo(&src.join("c.rs"), Mode::S_IRWXU).unwrap();
        assert!(read(&src).unwrap_err().1.contains("a FIFO"));
        // The folder itself, too.
        symlink(&src, dir.path().join("link")).unwrap();
        assert!(read(&dir.path().join("link")).unwrap_err().1.contains("no folder"));
    }

    #[test]
    fn depth_number_and_size_are_bounded() {
        let (_dir, src) = folder();
        let large = fs::File::create(src.join("large.rs")).unwrap();
        large.set_len(source::MOST + 1).unwrap();
        assert!(read(&src).unwrap_err().1.contains("64 MiB"));
        fs::remove_file(src.join("large.rs")).unwrap();
        let deep = (0..DEPTH + 2).fold(src.clone(), |path, _| path.join("d"));
        fs::create_dir_all(deep).unwrap();
        assert!(read(&src).unwrap_err().1.contains("folders deep"));
        fs::remove_dir_all(src.join("d")).unwrap();
        (0..=ENTRIES).for_each(|n| fs::write(src.join(format!("f{n}")), "").unwrap());
        assert!(read(&src).unwrap_err().1.contains("files"));
    }
}
