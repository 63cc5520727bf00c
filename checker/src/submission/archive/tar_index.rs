//! The contents of a tar, header by header.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use tar::{EntryType, Header};

use super::bounded::unreadable;
use super::entry::{Archive, Entry, Packing};
use super::tar_extension::Extension;
use super::zip_central::too_many;
use crate::gradebook::record::Trouble;
use crate::submission::fault::Fault;
use crate::submission::limits::{Budget, Limits, bytes};
use crate::submission::place::{Kind, Refusal};

const BLOCK: u64 = 512;
/// Headers of a tar per entry that is kept: each may bring a long name, and much is passed over.
const HEADERS_PER_ENTRY: u64 = 8;

/// Whether `head` is the first block of a tar: one whose sum is right, or, of an empty one, zeros.
pub(super) fn is_tar(head: &[u8]) -> bool {
    let Ok(block) = <&[u8; BLOCK as usize]>::try_from(head) else { return false };
    block.iter().all(|byte| *byte == 0) || has_right_sum(block)
}

fn has_right_sum(block: &[u8; BLOCK as usize]) -> bool {
    let sum: u32 = block
        .iter()
        .enumerate()
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
        .sum();
    header(block).cksum().is_ok_and(|wanted| wanted == sum)
}

fn header(block: &[u8; BLOCK as usize]) -> &Header {
    Header::from_byte_slice(block)
}

/// Reads all headers of the tar `file` of `length` bytes; what is between them is passed over.
pub(super) fn index(
    file: Arc<File>,
    length: u64,
    budget: &Budget,
    limits: &Limits,
) -> Result<Archive, Trouble> {
    let mut archive = Archive::new(Arc::clone(&file));
    let mut extension = Extension::default();
    let mut extended = 0;
    let mut at = 0;
    let mut headers = 0_u64;
    while at < length {
        let mut block = [0; BLOCK as usize];
        file.read_exact_at(&mut block, at).map_err(|error| unreadable(&error))?;
        if block.iter().all(|byte| *byte == 0) {
            break;
        }
        if !has_right_sum(&block) {
            return Err(broken("a header is damaged"));
        }
        let data = at + BLOCK;
        let size = header(&block).entry_size().map_err(|_| broken("a size is no number"))?;
        at = data.checked_add(size).and_then(|end| end.checked_next_multiple_of(BLOCK)).unwrap_or(u64::MAX);
        if size > length - data {
            return Err(broken("it is cut off"));
        }
        if extension.take_up(&file, header(&block), data, size)? {
            extended += size;
        } else {
            push(&mut archive, header(&block), std::mem::take(&mut extension), (data, size), limits)?;
        }
        headers += 1;
        if archive.entries.len() > budget.entries as usize
            || headers > u64::from(budget.entries) * HEADERS_PER_ENTRY
        {
            return Err(too_many(budget));
        }
        if extended > limits.index_bytes {
            let message = format!("its names are longer than {}", bytes(limits.index_bytes));
            return Err(Fault::TooMany.trouble(message + "; hand in the sources alone"));
        }
    }
    Ok(archive.finish())
}

pub(super) fn broken(what: &str) -> Trouble {
    Fault::BrokenArchive.trouble(format!("the tar is broken: {what}; pack it again"))
}

/// Takes up the entry of `header`, its bytes at `place` (from, how many), under what an extension said of it.
fn push(
    archive: &mut Archive,
    header: &Header,
    extension: Extension,
    place: (u64, u64),
    limits: &Limits,
) -> Result<(), Trouble> {
    let (at, size) = place;
    // Two readers would see two different tars.
    if extension.size.is_some_and(|other| other != size) {
        return Err(broken("a size is told twice, differently"));
    }
    let raw = extension.path.unwrap_or_else(|| header.path_bytes().into_owned());
    let is_file = matches!(header.entry_type(), EntryType::Regular | EntryType::Continuous);
    let kind = match header.entry_type() {
        // Old ones have folders as files whose name ends in a slash.
        _ if is_file && raw.ends_with(b"/") => Kind::Folder,
        _ if is_file && extension.sparse => Kind::Refused(Refusal::Sparse),
        _ if is_file => Kind::File,
        EntryType::Directory => Kind::Folder,
        EntryType::Link | EntryType::Symlink => Kind::Refused(Refusal::Link),
        EntryType::GNUSparse => Kind::Refused(Refusal::Sparse),
        _ => Kind::Refused(Refusal::Special),
    };
    let time = extension.time.or_else(|| header.mtime().ok().and_then(|time| i64::try_from(time).ok()));
    let packing = Packing::Plain { at };
    archive.push(&raw, limits, |path| Entry { path, kind, packing, packed: size, size, time });
    Ok(())
}
