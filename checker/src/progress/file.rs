//! A small file that is whole at any moment.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

const NAME: &str = "progress.json";

/// The content; None where there is no such file.
pub fn read(folder: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(folder.join(NAME)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        // Not UTF-8: there, and not to be understood.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(Some(String::new())),
        Err(error) => Err(error),
    }
}

/// Does something while no other checker does it in the same folder.
pub fn locked<T>(folder: &Path, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    fs::create_dir_all(folder)?;
    let lock = File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    lock.lock()?;
    work()
}

/// Replaces the content: after a crash the file has the old content or the new one. It is not waited for until the disk
/// knows which: the old one is no loss, what it lacks can be proved again.
pub fn write(folder: &Path, content: &[u8]) -> io::Result<()> {
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(content)?;
    new.as_file().sync_all()?;
    new.persist(folder.join(NAME)).map_err(|error| error.error)?;
    Ok(())
}

/// Keeps a file that can't be understood under another name.
pub fn put_aside(folder: &Path) -> io::Result<()> {
    fs::rename(folder.join(NAME), folder.join(format!("{NAME}.unreadable")))
}
