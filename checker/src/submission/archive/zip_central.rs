//! The list of contents of a zip.
//!
//! Only this list counts, not the headers before the entries: unpackers that believe the one and the other can
//! be shown two different archives. Read here and not by a library, since that keeps one entry of several with
//! one name, and holds as long a list as the archive brings.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use super::bounded::unreadable;
use super::entry::{Archive, Entry, Packing};
use super::window::Window;
use super::zip_end::{self, Central};
use super::zip_field::{extras, u16_at, u32_at, u64_at};
use crate::gradebook::record::Trouble;
use crate::submission::fault::Fault;
use crate::submission::limits::{Budget, Limits, bytes};
use crate::submission::place::{Kind, Refusal};
use crate::submission::time;

/// The fixed part of an entry of the list.
const FIXED: usize = 46;
/// The fixed part of the header before an entry's bytes.
const LOCAL: usize = 30;

/// Reads the list of the zip `file` of `length` bytes.
pub(super) fn index(
    file: Arc<File>,
    length: u64,
    budget: &Budget,
    limits: &Limits,
) -> Result<Archive, Trouble> {
    let found = zip_end::find(&file, length).map_err(|error| unreadable(&error))?;
    let central = found.ok_or_else(|| {
        Fault::BrokenArchive.trouble("the zip is cut off: its end is missing; hand it in again")
    })?;
    if central.bytes > limits.index_bytes {
        let message = format!("its list of contents is longer than {}", bytes(limits.index_bytes));
        return Err(Fault::TooMany.trouble(message + "; hand in the sources alone"));
    }
    let mut from = BufReader::new(Window::new(Arc::clone(&file), central.at, central.bytes));
    let mut archive = Archive::new(file);
    for _ in 0..central.entries {
        next(&mut from, &central, &mut archive, limits).map_err(|error| unreadable(&error))?;
        if archive.entries.len() > budget.entries as usize {
            return Err(too_many(budget));
        }
    }
    Ok(archive.finish())
}

pub(super) fn too_many(budget: &Budget) -> Trouble {
    let message = format!("it holds more than {} files; hand in the sources alone", budget.entries);
    Fault::TooMany.trouble(message)
}

fn next(from: &mut impl Read, central: &Central, archive: &mut Archive, limits: &Limits) -> io::Result<()> {
    let mut fixed = [0; FIXED];
    from.read_exact(&mut fixed)?;
    if !fixed.starts_with(b"PK\x01\x02") {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "its list of contents is damaged"));
    }
    let mut piece = |at| {
        let mut bytes = vec![0; usize::from(u16_at(&fixed, at))];
        from.read_exact(&mut bytes).map(|()| bytes)
    };
    let (name, extra, _comment) = (piece(28)?, piece(30)?, piece(32)?);
    let sizes = Sizes::of(&fixed, &extra);
    let header = central.before.checked_add(sizes.header);
    let header =
        header.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "an offset is too large"))?;
    let time = time_of(&fixed, &extra);
    let (kind, packing) = kind_of(&fixed, &name, header);
    archive.push(&name, limits, |path| Entry {
        path,
        kind,
        packing,
        packed: sizes.packed,
        size: sizes.size,
        time,
    });
    Ok(())
}

struct Sizes {
    size: u64,
    packed: u64,
    header: u64,
}

impl Sizes {
    /// Those for which 32 bits are too few stand in an extra field, in this order, each only if needed.
    fn of(fixed: &[u8], extra: &[u8]) -> Self {
        let wide = extras(extra).find(|(id, _)| *id == 1).map_or(&[][..], |(_, field)| field);
        let mut at = 0;
        let mut one = |small: u32| {
            if small != u32::MAX {
                return u64::from(small);
            }
            let value = wide.get(at..at + 8).map_or(u64::from(small), |field| u64_at(field, 0));
            at += 8;
            value
        };
        Sizes { size: one(u32_at(fixed, 24)), packed: one(u32_at(fixed, 20)), header: one(u32_at(fixed, 42)) }
    }
}

fn kind_of(fixed: &[u8], name: &[u8], header: u64) -> (Kind, Packing) {
    let (flags, method, crc) = (u16_at(fixed, 8), u16_at(fixed, 10), u32_at(fixed, 16));
    let packing =
        if method == 8 { Packing::Deflated { header, crc } } else { Packing::Stored { header, crc } };
    // Bit 0: encrypted; bit 13: even the names are.
    let encrypted = flags & 0x2001 != 0;
    // 3 is Unix, 19 is Darwin: the upper half is the mode.
    let mode = if matches!(fixed[5], 3 | 19) { u32_at(fixed, 38) >> 16 } else { 0 };
    let kind = match mode & libc::S_IFMT {
        libc::S_IFLNK => Kind::Refused(Refusal::Link),
        libc::S_IFDIR => Kind::Folder,
        0 | libc::S_IFREG if name.ends_with(b"/") || name.ends_with(b"\\") => Kind::Folder,
        0 | libc::S_IFREG if encrypted => Kind::Refused(Refusal::Encrypted),
        0 | libc::S_IFREG if !matches!(method, 0 | 8) => Kind::Refused(Refusal::Method(method)),
        0 | libc::S_IFREG => Kind::File,
        _ => Kind::Refused(Refusal::Special),
    };
    (kind, packing)
}

/// The extended time, which is in UTC, or the old one, which is the clock on the wall.
fn time_of(fixed: &[u8], extra: &[u8]) -> Option<i64> {
    let extended = extras(extra).find(|(id, field)| *id == 0x5455 && field.len() >= 5 && field[0] & 1 != 0);
    match extended {
        Some((_, field)) => Some(i64::from(u32_at(field, 1).cast_signed())),
        None => time::from_dos(u16_at(fixed, 14), u16_at(fixed, 12)),
    }
}

/// Where the bytes of the entry with its header at `header` begin.
pub(super) fn data_offset(file: &File, header: u64) -> io::Result<u64> {
    let broken = || io::Error::new(io::ErrorKind::InvalidData, "an entry is not where its list says");
    let mut local = [0; LOCAL];
    file.read_exact_at(&mut local, header)?;
    if !local.starts_with(b"PK\x03\x04") {
        return Err(broken());
    }
    let behind = LOCAL as u64 + u64::from(u16_at(&local, 26)) + u64::from(u16_at(&local, 28));
    header.checked_add(behind).ok_or_else(broken)
}
