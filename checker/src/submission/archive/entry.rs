//! What is known of an archive, and how one of its entries is read.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use flate2::read::DeflateDecoder;

use super::checked::Checked;
use super::window::Window;
use super::zip_central::data_offset;
use crate::submission::limits::Limits;
use crate::submission::names::{Named, clean};
use crate::submission::place::{Kind, Refusal};

/// How many names that climb out are kept to be told.
const TOLD: usize = 20;

/// An archive: its bytes, and what is in it.
#[derive(Debug)]
pub(in crate::submission) struct Archive {
    pub file: Arc<File>,
    /// Sorted by path; those of one path in the order of the archive.
    pub entries: Vec<Entry>,
    /// The first few names that would have left the folder, shown harmlessly.
    pub climbing: Vec<String>,
    /// The same of names that are too long or too deep.
    pub too_long: Vec<String>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::submission) struct Entry {
    /// Relative, parts joined by `/`.
    pub path: Box<str>,
    pub kind: Kind,
    pub packing: Packing,
    /// Bytes in the archive.
    pub packed: u64,
    /// Bytes unpacked, as the archive says.
    pub size: u64,
    /// Seconds since 1970 (UTC).
    pub time: Option<i64>,
}

/// Where an entry's bytes are, in bytes from the file's beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::submission) enum Packing {
    /// As they are.
    Plain {
        at: u64,
    },
    /// In a zip: behind the local header at `header`.
    Stored {
        header: u64,
        crc: u32,
    },
    Deflated {
        header: u64,
        crc: u32,
    },
}

impl Archive {
    pub fn new(file: Arc<File>) -> Self {
        Archive { file, entries: Vec::new(), climbing: Vec::new(), too_long: Vec::new() }
    }

    /// Takes the entry named `raw` up, with what `make` knows of it beside the path.
    pub fn push(&mut self, raw: &[u8], limits: &Limits, make: impl FnOnce(Box<str>) -> Entry) {
        let told = |list: &mut Vec<String>| {
            if list.len() < TOLD {
                let cut = &raw[..raw.len().min(200)];
                list.push(cut.escape_ascii().to_string());
            }
        };
        match clean(raw, limits) {
            Named::Path(path) => self.entries.push(make(path.into())),
            Named::Ignored => {}
            Named::Climbs => told(&mut self.climbing),
            Named::TooLong => told(&mut self.too_long),
        }
    }

    /// Sorts the entries, and marks those that share a name with another that is no folder.
    pub fn finish(mut self) -> Self {
        self.entries.sort_by(|a, b| a.path.cmp(&b.path));
        for at in 1..self.entries.len() {
            let (before, after) = self.entries.split_at_mut(at);
            let (one, other) = (&mut before[at - 1], &mut after[0]);
            let both_folders = one.kind == Kind::Folder && other.kind == Kind::Folder;
            if one.path == other.path && !both_folders {
                one.kind = Kind::Refused(Refusal::Double);
                other.kind = Kind::Refused(Refusal::Double);
            }
        }
        self.entries.dedup_by(|b, a| a.path == b.path);
        self
    }

    /// The entries below the folder `prefix`, all of them for an empty one.
    pub fn below(&self, prefix: &str) -> &[Entry] {
        if prefix.is_empty() {
            return &self.entries;
        }
        let prefix = format!("{prefix}/");
        let from = self.entries.partition_point(|entry| *entry.path < *prefix);
        let rest = &self.entries[from..];
        &rest[..rest.partition_point(|entry| entry.path.starts_with(&prefix))]
    }

    /// The entry at exactly `path`.
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| (*entry.path).cmp(path)).ok()?;
        self.entries.get(at)
    }

    /// Reads `entry`. What does not have the promised length and checksum ends in
    /// [`io::ErrorKind::InvalidData`].
    pub fn read(&self, entry: &Entry) -> io::Result<Box<dyn Read + Send>> {
        let window = |at| Window::new(Arc::clone(&self.file), at, entry.packed);
        Ok(match entry.packing {
            Packing::Plain { at } => Box::new(Checked::new(window(at), entry.size, None)),
            Packing::Stored { header, crc } => {
                let at = data_offset(&self.file, header)?;
                Box::new(Checked::new(window(at), entry.size, Some(crc)))
            }
            Packing::Deflated { header, crc } => {
                let at = data_offset(&self.file, header)?;
                Box::new(Checked::new(DeflateDecoder::new(window(at)), entry.size, Some(crc)))
            }
        })
    }
}
