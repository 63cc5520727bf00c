//! `file`, `folder`, `expect_file`: the scenario's own folder.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Component, Path, PathBuf};

use super::interpreter::{Halt, Script};
use crate::record::bytes::Excerpt;
use crate::record::fact::{Fact, FileFound};
use crate::record::transcript::Happening;
use crate::scenario::step::{Content, Data};
use crate::scenario::template::Template;

/// Where a path of the scenario is for the checker.
fn place(script: &Script, path: &Template) -> Result<PathBuf, Halt> {
    let text = script.text(path)?;
    let inside = Path::new(&text);
    let below = inside.strip_prefix(script.world.sandbox.dir_inside()).unwrap_or(inside);
    if below.components().any(|component| !matches!(component, Component::Normal(_))) {
        return Err(Halt::Fault(format!("`{text}` is not below the scenario's folder")));
    }
    Ok(script.world.sandbox.dir().join(below))
}

fn shown(script: &Script, path: &Path) -> String {
    path.strip_prefix(script.world.sandbox.dir()).unwrap_or(path).display().to_string()
}

/// What a step writes is written whatever the folder's permissions: they are for the program.
fn with_writable_parent<T>(path: &Path, write: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let Some(parent) = path.parent() else { return write() };
    let mode = fs::metadata(parent)?.permissions();
    fs::set_permissions(parent, Permissions::from_mode(mode.mode() | 0o700))?;
    let written = write();
    fs::set_permissions(parent, mode)?;
    written
}

/// The place is as the steps before have left it: else a program was there, which is no fault of ours. And
/// nothing is written by way of a link.
fn untouched(script: &Script, path: &Path, may_be_a_file: bool) -> Result<(), Halt> {
    let parent = path.parent().unwrap_or(path);
    let kind = |path: &Path| fs::symlink_metadata(path).map(|found| found.file_type());
    let unmet = |path: &Path, want: &str, found| {
        Err(Halt::unmet(Fact::File { path: shown(script, path), want: want.to_owned(), found }))
    };
    match kind(parent) {
        Err(_) => return unmet(parent, "the folder that was made for it", FileFound::Missing),
        Ok(found) if !found.is_dir() => {
            return unmet(parent, "the folder that was made for it", FileFound::Kind("no folder".into()));
        }
        Ok(_) => {}
    }
    match kind(path) {
        Ok(found) if may_be_a_file && found.is_file() => Ok(()),
        Ok(_) => unmet(path, "nothing yet", absent(path)?.unwrap_or(FileFound::Missing)),
        Err(_) => Ok(()),
    }
}

/// A program may have come first, between the look at the place and the writing: no fault of ours either.
fn unwritten(error: io::Error, path: &Path, shown: String) -> Halt {
    use io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory, NotFound};
    let came_first = matches!(error.kind(), AlreadyExists | IsADirectory | NotADirectory | NotFound)
        || error.raw_os_error() == Some(libc::ELOOP);
    match absent(path) {
        Ok(found) if came_first => {
            let found = found.unwrap_or(FileFound::Missing);
            Halt::unmet(Fact::File { path: shown, want: "nothing yet".to_owned(), found })
        }
        _ => error.into(),
    }
}

pub fn write(script: &mut Script, path: &Template, content: &Data, mode: Option<u32>) -> Result<(), Halt> {
    let path = place(script, path)?;
    untouched(script, &path, true)?;
    let bytes = script.values.data(content, &script.world, &script.names)?;
    let len = with_writable_parent(&path, || {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .custom_flags(libc::O_NOFOLLOW)
            .open(&path)?;
        let len = match (&bytes, content) {
            (Some(bytes), _) => file.write_all(bytes).map(|()| bytes.len() as u64),
            (None, Data::Blob(name)) => {
                let blob = script.values.blob(name).map_err(io::Error::other)?;
                blob.reader().write_to(&mut file).map(|()| blob.len)
            }
            (None, _) => Ok(0),
        }?;
        if let Some(mode) = mode {
            file.set_permissions(Permissions::from_mode(mode))?;
        }
        Ok(len)
    });
    let len = len.map_err(|error| unwritten(error, &path, shown(script, &path)))?;
    let name = shown(script, &path);
    script.made.push(path);
    script.world.record("files".into(), Happening::Note(format!("{name}: {len} bytes")));
    Ok(())
}

pub fn folder(script: &mut Script, path: &Template, mode: Option<u32>) -> Result<(), Halt> {
    let path = place(script, path)?;
    untouched(script, &path, false)?;
    let made = with_writable_parent(&path, || {
        fs::create_dir(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(mode.unwrap_or(0o755)))
    });
    made.map_err(|error| unwritten(error, &path, shown(script, &path)))?;
    let name = shown(script, &path);
    script.made.push(path);
    script.world.record("files".into(), Happening::Note(format!("{name}: a folder")));
    Ok(())
}

pub fn expect(script: &mut Script, path: &Template, content: &Content, alone: bool) -> Result<(), Halt> {
    let path = place(script, path)?;
    let (found, want) = match content {
        Content::Absent => (absent(&path)?, "no file".to_owned()),
        Content::Blob(name) => {
            let blob = script.values.blob(name)?;
            (content_of(&path, &mut blob.reader())?, format!("{} bytes, as sent", blob.len))
        }
        Content::Text(text) => {
            let text = script.bytes(text)?;
            (content_of(&path, &mut &text[..])?, format!("{} bytes, as before", text.len()))
        }
    };
    let found = match found {
        None if alone => neighbours(script, &path)?,
        found => found,
    };
    match found {
        None => Ok(()),
        Some(found) => Err(Halt::unmet(Fact::File { path: shown(script, &path), want, found })),
    }
}

fn absent(path: &Path) -> io::Result<Option<FileFound>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(FileFound::Present { len: found.len() })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// None where the file has just this content. Never follows a link, never waits on a FIFO.
fn content_of(path: &Path, want: &mut dyn Read) -> io::Result<Option<FileFound>> {
    let kind = match fs::symlink_metadata(path) {
        Ok(found) => found.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Some(FileFound::Missing)),
        Err(error) => return Err(error),
    };
    if !kind.is_file() {
        let kind = if kind.is_dir() {
            "a folder"
        } else if kind.is_symlink() {
            "a symbolic link"
        } else {
            "no regular file"
        };
        return Ok(Some(FileFound::Kind(kind.into())));
    }
    // A program may have made a file that it does not let itself read; the checker reads it all the same.
    if fs::metadata(path)?.permissions().mode() & 0o400 == 0 {
        fs::set_permissions(path, Permissions::from_mode(0o600))?;
    }
    let mut file =
        OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(path)?;
    let len = file.metadata()?.len();
    compare(&mut file, len, want)
}

fn compare(file: &mut File, len: u64, want: &mut dyn Read) -> io::Result<Option<FileFound>> {
    let (mut ours, mut theirs) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    let mut at = 0u64;
    loop {
        let n = fill(want, &mut ours)?;
        let m = fill(file, &mut theirs)?;
        if ours[..n] != theirs[..m] {
            let same = ours[..n].iter().zip(&theirs[..m]).take_while(|(a, b)| a == b).count();
            let (mut want_shown, mut got) = Excerpt::pair(&ours[..n], &theirs[..m], same);
            let rest = io::copy(want, &mut io::sink())?;
            want_shown.start += at;
            want_shown.len += at + rest;
            got.start += at;
            got.len = len;
            return Ok(Some(FileFound::Differs { at: at + same as u64, want: want_shown, got }));
        }
        if n == 0 {
            return Ok(None);
        }
        at += n as u64;
    }
}

fn fill(from: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut n = 0;
    while n < buffer.len() {
        match from.read(&mut buffer[n..])? {
            0 => break,
            more => n += more,
        }
    }
    Ok(n)
}

fn neighbours(script: &Script, path: &Path) -> io::Result<Option<FileFound>> {
    let Some(folder) = path.parent() else { return Ok(None) };
    let mut others = Vec::new();
    for entry in fs::read_dir(folder)? {
        let other = entry?.path();
        if other != path && !script.made.contains(&other) {
            others.push(other.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    others.sort();
    // A program may write files without number; an observation is bounded.
    others.truncate(1000);
    Ok(if others.is_empty() { None } else { Some(FileFound::Neighbours(others)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_has_put_there_meanwhile_is_its_own_doing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("dest.bin");
        fs::write(&path, "early").unwrap();
        let halt = unwritten(fs::create_dir(&path).unwrap_err(), &path, "dest.bin".into());
        let Halt::Unmet(fact) = halt else { panic!("a fault: {halt:?}") };
        let found = FileFound::Present { len: 5 };
        assert_eq!(*fact, Fact::File { path: "dest.bin".into(), want: "nothing yet".into(), found });
        let full = unwritten(io::ErrorKind::StorageFull.into(), &path, "dest.bin".into());
        assert!(matches!(full, Halt::Fault(_)), "{full:?}");
    }
}
