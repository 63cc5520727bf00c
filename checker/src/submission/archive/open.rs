//! Which kind of archive a file is, by its first bytes and not by its name.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::bounded::{Stopped, copy, unreadable};
use super::entry::Archive;
use super::window::Window;
use super::{tar_index, zip_central};
use crate::gradebook::record::Trouble;
use crate::submission::fault::Fault;
use crate::submission::limits::{Budget, Limits, bytes};

/// As many first bytes as a tar needs to be known by.
const HEAD: usize = 512;

/// Whether `file` begins like an archive that is read here.
pub(in crate::submission) fn is_archive(file: &File) -> bool {
    head(file).is_ok_and(|head| kind(&head).is_some())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Zip,
    Tar,
    Gzip,
}

/// Opens the archive `file`; what has to be unpacked on the way goes to a file without a name in `scratch`.
///
/// # Errors
/// It is not an archive, broken, or beyond the bounds. Full or missing scratch space is told as `unreadable`.
pub(in crate::submission) fn open(
    file: File,
    scratch: &Path,
    budget: &mut Budget,
    limits: &Limits,
) -> Result<Archive, Trouble> {
    let length = file.metadata().map_err(|error| unreadable(&error))?.len();
    if length > budget.archive_bytes {
        let most = bytes(budget.archive_bytes);
        let message =
            format!("the archive has {}, {most} are taken; hand in the sources alone", bytes(length));
        return Err(Fault::TooLarge.trouble(message));
    }
    if length == 0 {
        return Err(Fault::Empty.trouble("the archive is empty: 0 bytes"));
    }
    let Some(left) = budget.archives.checked_sub(1) else {
        let message = "it holds more archives than are opened of one submission; hand in the sources alone";
        return Err(Fault::TooMany.trouble(message));
    };
    budget.archives = left;
    let head = head(&file).map_err(|error| unreadable(&error))?;
    match kind(&head) {
        Some(Shape::Zip) => zip_central::index(Arc::new(file), length, budget, limits),
        Some(Shape::Tar) => tar_index::index(Arc::new(file), length, budget, limits),
        Some(Shape::Gzip) => {
            let mut from = MultiGzDecoder::new(Window::new(Arc::new(file), 0, length));
            let (file, length) = spool(&mut from, length, scratch, budget, limits)?;
            tar_index::index(Arc::new(file), length, budget, limits)
        }
        None => {
            let message = "it is neither a zip nor a tar nor a tar.gz, whatever its name; pack it again";
            Err(Fault::BrokenArchive.trouble(message))
        }
    }
}

/// Copies `from` to a file without a name in `scratch`, within the bounds. The file goes when it is closed,
/// whatever ends this process. Returns it and its length.
pub(in crate::submission) fn spool(
    from: &mut dyn io::Read,
    packed: u64,
    scratch: &Path,
    budget: &mut Budget,
    limits: &Limits,
) -> Result<(File, u64), Trouble> {
    let no_space = |error: io::Error| {
        let message = format!("cannot unpack it in {}: {error}; make space there", scratch.display());
        Fault::Unreadable.trouble(message)
    };
    let mut file = tempfile::tempfile_in(scratch).map_err(no_space)?;
    match copy(from, packed, &mut file, budget, limits) {
        Ok(length) => Ok((file, length)),
        Err(Stopped::Source(trouble)) => Err(trouble),
        Err(Stopped::Scratch(error)) => Err(no_space(error)),
    }
}

fn head(file: &File) -> io::Result<Vec<u8>> {
    let mut head = vec![0; HEAD];
    let mut got = 0;
    while got < HEAD {
        match file.read_at(&mut head[got..], got as u64)? {
            0 => break,
            more => got += more,
        }
    }
    head.truncate(got);
    Ok(head)
}

fn kind(head: &[u8]) -> Option<Shape> {
    // A zip begins with an entry, or, empty, with its end; one that was cut in parts is none.
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(Shape::Zip);
    }
    if head.starts_with(b"\x1f\x8b") {
        return Some(Shape::Gzip);
    }
    tar_index::is_tar(head).then_some(Shape::Tar)
}
