//! Where the compiler puts what it makes, before that is known to be whole and moved to the cache.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use nix::fcntl::{AT_FDCWD, RenameFlags, renameat2};

/// An empty folder that nobody else uses.
#[derive(Debug)]
pub enum Workplace {
    /// The same each time, since its name is one of the things by which the compiler knows what it can
    /// take over from the last time: under another name it does half of it again.
    Own(Own),
    /// For once.
    Fresh(tempfile::TempDir),
}

/// One of two folders that change places each time, so that the compiler need not wait until what it left behind the
/// last time is gone: some twenty files, a millisecond.
#[derive(Debug)]
pub struct Own {
    folder: PathBuf,
    /// Of the other one.
    emptying: Option<JoinHandle<()>>,
    /// Nobody else works in either meanwhile.
    _lock: File,
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
                return Own::open(parent, name, lock).map(Workplace::Own);
            }
        }
        Ok(Workplace::Fresh(tempfile::Builder::new().prefix(".making-").tempdir_in(parent)?))
    }

    pub fn path(&self) -> &Path {
        match self {
            Workplace::Own(own) => &own.folder,
            Workplace::Fresh(folder) => folder.path(),
        }
    }
}

impl Own {
    fn open(parent: &Path, name: &str, lock: File) -> io::Result<Self> {
        let (folder, other) = (parent.join(format!(".{name}")), parent.join(format!(".{name}.last")));
        for place in [&folder, &other] {
            match fs::create_dir(place) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => made?,
            }
        }
        let _ = renameat2(AT_FDCWD, &folder, AT_FDCWD, &other, RenameFlags::RENAME_EXCHANGE);
        // It is, unless the file system knows no such exchange, or a checker was killed.
        empty(&folder)?;
        // What is not done by then is done the next time.
        let emptying = thread::Builder::new().spawn(move || drop(empty(&other))).ok();
        Ok(Own { folder, emptying, _lock: lock })
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        drop(self.emptying.take().map(JoinHandle::join));
    }
}

/// To make a folder anew costs a disk more than to empty it.
fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_own_is_empty_and_has_the_same_name_each_time() {
        let parent = tempfile::tempdir().unwrap();
        let open = || Workplace::open(parent.path(), Some("demo")).unwrap();
        // What another thread of the tests starts has the lock too, until it executes something.
        let own = || loop {
            match open() {
                Workplace::Own(own) => break own,
                Workplace::Fresh(_) => thread::yield_now(),
            }
        };
        let path = parent.path().join(".demo");
        let first = own();
        assert_eq!(first.folder, path);
        fs::create_dir_all(path.join("left/below")).unwrap();
        fs::write(path.join("left/below/file"), "").unwrap();
        fs::write(path.join("file"), "").unwrap();
        let second = open();
        assert_ne!(second.path(), path, "it is in use");
        drop(first);
        let third = own();
        assert_eq!(third.folder, path);
        assert_eq!(fs::read_dir(&path).unwrap().count(), 0);
        assert_eq!(fs::read_dir(second.path()).unwrap().count(), 0);
        fs::write(path.join("file"), "").unwrap();
        drop(third);
        // Killed before anything of the last time was gone.
        fs::write(parent.path().join(".demo.last/file"), "").unwrap();
        drop(own());
        let left = |name: &str| fs::read_dir(parent.path().join(name)).unwrap().count();
        assert_eq!([".demo", ".demo.last"].map(left), [0, 0]);
    }
}
