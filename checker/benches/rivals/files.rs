//! Files, with errors that name them.

use std::fmt::Display;
use std::fs;
use std::path::Path;

/// `doing PATH: error`, for `map_err`.
pub fn failed<E: Display>(doing: &str, path: &Path) -> impl FnOnce(E) -> String {
    move |error| format!("{doing} {}: {error}", path.display())
}

pub fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(failed("reading", path))
}

/// Writes a file, and makes its folders.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        make(folder)?;
    }
    fs::write(path, content).map_err(failed("writing", path))
}

pub fn make(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(failed("making", folder))
}

pub fn remove(folder: &Path) -> Result<(), String> {
    if folder.exists() { fs::remove_dir_all(folder).map_err(failed("removing", folder)) } else { Ok(()) }
}

/// An empty folder, whatever was there.
pub fn fresh(folder: &Path) -> Result<(), String> {
    remove(folder)?;
    make(folder)
}

/// Copies a folder, but nothing that is called `target` in it.
pub fn copy(from: &Path, to: &Path) -> Result<(), String> {
    make(to)?;
    for entry in fs::read_dir(from).map_err(failed("reading", from))? {
        let entry = entry.map_err(failed("reading", from))?;
        let (path, place) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            if entry.file_name() != "target" {
                copy(&path, &place)?;
            }
        } else {
            fs::copy(&path, &place).map_err(failed("copying", &path))?;
        }
    }
    Ok(())
}
