//! The end of a zip: where its list of contents is.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use super::zip_field::{u16_at, u32_at, u64_at};

/// The record at the end, without its comment.
const RECORD: u64 = 22;
/// The longest comment.
const COMMENT: u64 = 0xffff;
/// The pointer to the 64-bit record, which stands just before.
const LOCATOR: u64 = 20;
const RECORD_64: u64 = 56;

/// Where the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Central {
    /// From the file's beginning.
    pub at: u64,
    pub bytes: u64,
    pub entries: u64,
    /// What stands before the zip, such as a program that unpacks it: to be added to every offset.
    pub before: u64,
}

/// Finds the list of the zip `file` of `length` bytes. None where there is none: cut off, or no zip.
pub(super) fn find(file: &File, length: u64) -> io::Result<Option<Central>> {
    let from = length.saturating_sub(RECORD + COMMENT);
    let mut tail = vec![0; usize::try_from(length - from).unwrap_or_default()];
    file.read_exact_at(&mut tail, from)?;
    let Some(at) = end(&tail) else { return Ok(None) };
    let record = &tail[at..];
    let (entries, bytes, offset) = (u16_at(record, 10), u32_at(record, 12), u32_at(record, 16));
    let at = from + at as u64;
    let is_short = entries == 0xffff || bytes == 0xffff_ffff || offset == 0xffff_ffff;
    if is_short && let Some(central) = find_64(file, at)? {
        return Ok(Some(central));
    }
    Ok(central(at, u64::from(entries), u64::from(bytes), u64::from(offset)))
}

/// The last record whose comment ends with the file; else the last one, with anything behind it.
fn end(tail: &[u8]) -> Option<usize> {
    let last = tail.len().checked_sub(RECORD as usize)?;
    let mut fallback = None;
    for at in (0..=last).rev().filter(|at| tail[*at..].starts_with(b"PK\x05\x06")) {
        let ends = at + RECORD as usize + usize::from(u16_at(&tail[at..], 20));
        if ends == tail.len() {
            return Some(at);
        }
        fallback = fallback.or(Some(at).filter(|_| ends < tail.len()));
    }
    fallback
}

/// The 64-bit record, for which the one at `end` has no room.
fn find_64(file: &File, end: u64) -> io::Result<Option<Central>> {
    let Some(locator_at) = end.checked_sub(LOCATOR) else { return Ok(None) };
    let mut locator = [0; LOCATOR as usize];
    file.read_exact_at(&mut locator, locator_at)?;
    if !locator.starts_with(b"PK\x06\x07") {
        return Ok(None);
    }
    // Where it says, or, with something before the zip, just before the pointer.
    for at in [u64_at(&locator, 8), locator_at.saturating_sub(RECORD_64)] {
        let mut record = [0; RECORD_64 as usize];
        let fits = at.checked_add(RECORD_64).is_some_and(|to| to <= locator_at);
        if fits && file.read_exact_at(&mut record, at).is_ok() && record.starts_with(b"PK\x06\x06") {
            return Ok(central(at, u64_at(&record, 32), u64_at(&record, 40), u64_at(&record, 48)));
        }
    }
    Ok(None)
}

/// The list ends where its end record begins; what is missing in front was put before the zip.
fn central(end: u64, entries: u64, bytes: u64, offset: u64) -> Option<Central> {
    let at = end.checked_sub(bytes)?;
    let before = at.checked_sub(offset)?;
    Some(Central { at, bytes, entries, before })
}
