//! A folder or a file, on the disk or in an archive, read in the same way.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive::{self, Archive, Entry};
use super::disk;
use super::fault::Fault;
use super::limits::{Budget, Limits};
use super::names::{join, show};
use crate::gradebook::record::Trouble;

/// What something in a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File,
    /// Nothing that would be read.
    Refused(Refusal),
}

/// Why something is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Link,
    /// A device, a pipe, a socket.
    Special,
    /// Two things of one name.
    Double,
    /// A tar's file with holes, which may be of any size.
    Sparse,
    Encrypted,
    /// A zip's compression, by its number.
    Method(u16),
}

/// Where something is.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// `inside` is relative to `root`, which the instructor named.
    Disk { root: Arc<PathBuf>, inside: PathBuf },
    /// `inside` is empty for the archive's own top.
    Packed { archive: Arc<Archive>, inside: String },
}

/// Something in a folder.
#[derive(Debug, Clone)]
pub(super) struct Child {
    /// To be shown; what is not UTF-8 is escaped.
    pub name: String,
    pub kind: Kind,
    /// As promised, in bytes.
    pub size: u64,
    /// Seconds since 1970 (UTC).
    pub time: Option<i64>,
    pub place: Place,
}

impl Refusal {
    /// The trouble of a submission in which `path` is such a thing.
    pub fn trouble(self, path: &str) -> Trouble {
        let (fault, what) = match self {
            Refusal::Link => (Fault::Link, "is a link; hand in the file itself"),
            Refusal::Special => (Fault::SpecialFile, "is a device or a pipe; hand in files alone"),
            Refusal::Double => (Fault::Duplicate, "is there twice; keep one of them"),
            Refusal::Sparse => (Fault::Unsupported, "is a file with holes; pack it as it is"),
            Refusal::Encrypted => (Fault::Encrypted, "is encrypted; pack it without a password"),
            Refusal::Method(number) => {
                let message = format!("`{path}` is packed by method {number}; use a plain zip");
                return Fault::Unsupported.trouble(message);
            }
        };
        fault.trouble(format!("`{path}` {what}"))
    }
}

impl Place {
    /// The top of a folder on the disk.
    pub fn folder(root: &Path) -> Self {
        Place::Disk { root: Arc::new(root.to_owned()), inside: PathBuf::new() }
    }

    /// The top of an archive.
    pub fn top(archive: Arc<Archive>) -> Self {
        Place::Packed { archive, inside: String::new() }
    }

    /// The path below what was named, or in the archive, to be shown.
    pub fn shown(&self) -> String {
        match self {
            Place::Disk { inside, .. } => show(inside.as_os_str().as_bytes()),
            Place::Packed { inside, .. } => inside.clone(),
        }
    }

    /// What is in the folder, without what is ignored, sorted by name. At most `most` of it, and one more.
    pub fn children(&self, most: usize) -> io::Result<Vec<Child>> {
        match self {
            Place::Disk { root, inside } => {
                let items = disk::list(root, inside, most)?;
                Ok(items.into_iter().map(|item| on_disk(root, inside, item)).collect())
            }
            Place::Packed { archive, inside } => Ok(in_archive(archive, inside, most)),
        }
    }

    /// Whether it is the folder `path` on the disk, which has no links in it.
    pub fn is_at(&self, path: &Path) -> bool {
        matches!(self, Place::Disk { root, inside } if root.join(inside) == path)
    }

    /// Whether the folder holds something called `name`.
    pub fn holds(&self, name: &str) -> bool {
        match self {
            Place::Disk { root, inside } => root.join(inside).join(name).symlink_metadata().is_ok(),
            Place::Packed { archive, inside } => archive.entry(&join(inside, name)).is_some(),
        }
    }

    /// Opens the file for reading.
    pub fn read(&self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Place::Disk { root, inside } => Ok(Box::new(disk::open(root, inside)?)),
            Place::Packed { archive, inside } => archive.read(entry(archive, inside)?),
        }
    }

    /// Opens the archive that the file is; one in an archive is unpacked to `scratch` first.
    pub fn open_archive(
        &self,
        scratch: &Path,
        budget: &mut Budget,
        limits: &Limits,
    ) -> Result<Archive, Trouble> {
        let unreadable = |error: io::Error| {
            Fault::BrokenArchive.trouble(format!("it cannot be unpacked: {error}; pack it again"))
        };
        let file: File = match self {
            Place::Disk { root, inside } => disk::open(root, inside).map_err(unreadable)?,
            Place::Packed { archive, inside } => {
                let entry = entry(archive, inside).map_err(unreadable)?;
                let mut from = archive.read(entry).map_err(unreadable)?;
                archive::spool(&mut from, entry.packed, scratch, budget, limits)?.0
            }
        };
        archive::open(file, scratch, budget, limits)
    }
}

fn entry<'a>(archive: &'a Archive, inside: &str) -> io::Result<&'a Entry> {
    archive
        .entry(inside)
        .filter(|entry| entry.kind == Kind::File)
        .ok_or_else(|| io::ErrorKind::NotFound.into())
}

fn on_disk(root: &Arc<PathBuf>, inside: &Path, item: disk::Item) -> Child {
    let name = show(item.name.as_bytes());
    let place = Place::Disk { root: Arc::clone(root), inside: inside.join(&item.name) };
    Child { name, kind: item.kind, size: item.size, time: Some(item.time), place }
}

/// Folders of an archive need no entry of their own: a path below them is enough.
fn in_archive(archive: &Arc<Archive>, inside: &str, most: usize) -> Vec<Child> {
    let skip = if inside.is_empty() { 0 } else { inside.len() + 1 };
    let mut children: BTreeMap<&str, Child> = BTreeMap::new();
    for entry in archive.below(inside) {
        let rest = entry.path.get(skip..).unwrap_or_default();
        let (name, deeper) = rest.split_once('/').map_or((rest, false), |(name, _)| (name, true));
        let kind = if deeper { Kind::Folder } else { entry.kind };
        if let Some(known) = children.get_mut(name) {
            if known.kind != kind {
                known.kind = Kind::Refused(Refusal::Double);
            }
            continue;
        }
        if children.len() > most {
            break;
        }
        let place = Place::Packed { archive: Arc::clone(archive), inside: join(inside, name) };
        let (size, time) = if deeper { (0, None) } else { (entry.size, entry.time) };
        children.insert(name, Child { name: name.to_owned(), kind, size, time, place });
    }
    children.into_values().collect()
}
