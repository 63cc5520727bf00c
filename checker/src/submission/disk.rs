//! Folders and files of strangers on the disk, opened with care.
//!
//! No link is followed below the folder that the instructor named, and nothing is opened that is not a regular
//! file: a pipe would wait for its writer, a device may do anything.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path};

use nix::dir::Dir;
use nix::fcntl::{AT_FDCWD, AtFlags, OFlag, openat};
use nix::sys::stat::{FileStat, Mode, SFlag, fstat, fstatat};

use super::place::{Kind, Refusal};

/// What stands in a folder.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub name: OsString,
    pub kind: Kind,
    pub size: u64,
    /// Seconds since 1970 (UTC).
    pub time: i64,
}

/// What is in the folder `inside`, a relative path in `root`; at most `most` of it and one more.
pub(super) fn list(root: &Path, inside: &Path, most: usize) -> io::Result<Vec<Item>> {
    let fd = folder(root, inside, OFlag::O_RDONLY)?;
    let mut items = Vec::new();
    for entry in Dir::from_fd(fd.try_clone()?)?.iter() {
        let entry = entry?;
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        if name == "." || name == ".." || ignored(name, inside) {
            continue;
        }
        // It may be gone by now: then it is not there.
        let Ok(stat) = fstatat(&fd, name, AtFlags::AT_SYMLINK_NOFOLLOW) else { continue };
        let size = u64::try_from(stat.st_size).unwrap_or(0);
        items.push(Item { name: name.to_owned(), kind: kind(&stat), size, time: stat.st_mtime });
        if items.len() > most {
            break;
        }
    }
    items.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(items)
}

/// Names that are not even counted: a `target` may hold a hundred thousand files.
fn ignored(name: &OsStr, inside: &Path) -> bool {
    let in_src = inside.components().any(|part| part.as_os_str() == "src");
    let name = name.as_bytes();
    name.starts_with(b".") || name == b"__MACOSX" || (name == b"target" && !in_src)
}

/// Opens the regular file `inside`, a relative path in `root`, for reading.
///
/// # Errors
/// It is not there, not a regular file, or below a link.
pub(super) fn open(root: &Path, inside: &Path) -> io::Result<File> {
    let (Some(parent), Some(name)) = (inside.parent(), inside.file_name()) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it has no name"));
    };
    let folder = folder(root, parent, OFlag::O_PATH)?;
    // Looked at before it is opened: opening a device is not always without effect.
    regular(&fstatat(&folder, name, AtFlags::AT_SYMLINK_NOFOLLOW)?)?;
    let flags = OFlag::O_RDONLY | OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK | OFlag::O_NOCTTY | OFlag::O_CLOEXEC;
    let file = openat(&folder, name, flags, Mode::empty())?;
    // And after: it may have been changed for another in between.
    regular(&fstat(&file)?)?;
    Ok(File::from(file))
}

fn regular(stat: &FileStat) -> io::Result<()> {
    match kind(stat) {
        Kind::File => Ok(()),
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")),
    }
}

/// Opens the folder `inside` part by part, so that none of them can be a link. `root` itself may be one.
fn folder(root: &Path, inside: &Path, how: OFlag) -> io::Result<OwnedFd> {
    let flags = OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
    let parts: Vec<&OsStr> = inside
        .components()
        .map(|part| match part {
            Component::Normal(name) => Ok(name),
            _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "the path leaves its folder")),
        })
        .collect::<io::Result<_>>()?;
    let of = |last: bool| flags | if last { how } else { OFlag::O_PATH };
    let mut fd = openat(AT_FDCWD, root, of(parts.is_empty()), Mode::empty())?;
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        fd = openat(&fd, *part, of(last) | OFlag::O_NOFOLLOW, Mode::empty())?;
    }
    Ok(fd)
}

fn kind(stat: &FileStat) -> Kind {
    match SFlag::from_bits_truncate(stat.st_mode & SFlag::S_IFMT.bits()) {
        SFlag::S_IFREG => Kind::File,
        SFlag::S_IFDIR => Kind::Folder,
        SFlag::S_IFLNK => Kind::Refused(Refusal::Link),
        _ => Kind::Refused(Refusal::Special),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    fn refused(root: &Path, inside: &str) -> io::Error {
        open(root, Path::new(inside)).map(|_| ()).unwrap_err()
    }

    #[test]
    fn only_regular_files_below_no_link_are_opened() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join("a/b/file"), "x").unwrap();
        symlink("file", root.join("a/b/link")).unwrap();
        symlink("b", root.join("a/c")).unwrap();
        nix::unistd::mkfifo(&root.join("a/pipe"), Mode::S_IRUSR | Mode::S_IWUSR).unwrap();

        assert!(open(root, Path::new("a/b/file")).is_ok());
        // Nobody writes to the pipe: a plain open would wait for ever.
        assert_eq!(refused(root, "a/pipe").kind(), io::ErrorKind::InvalidInput);
        assert_eq!(refused(root, "a/b/link").kind(), io::ErrorKind::InvalidInput);
        assert_eq!(refused(root, "a").kind(), io::ErrorKind::InvalidInput);
        assert_eq!(refused(root, "../x").kind(), io::ErrorKind::InvalidInput);
        assert_eq!(refused(root, "a/b/../b/file").kind(), io::ErrorKind::InvalidInput);
        assert!(matches!(refused(root, "a/c/file").raw_os_error(), Some(libc::ENOTDIR | libc::ELOOP)));

        let kinds: Vec<Kind> = list(root, Path::new("a"), 9).unwrap().iter().map(|item| item.kind).collect();
        let wanted = [Kind::Folder, Kind::Refused(Refusal::Link), Kind::Refused(Refusal::Special)];
        assert_eq!(kinds, wanted);
        assert!(list(root, Path::new("a/c"), 9).is_err(), "a folder behind a link is not listed");
    }
}
