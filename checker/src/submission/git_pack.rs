//! A commit in a pack, as a fresh clone has all of them.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::disk;
use super::git::inflate;
use super::place::Kind;

/// Packs of one repository that are looked at.
const PACKS: usize = 64;
const HEADER: u64 = 8;
const FANOUT: u64 = 256 * 4;
const HASH: u64 = 20;

/// The content of the commit whose number is `commit`, in hex. None where no pack has it as a whole.
pub(super) fn commit(root: &Path, git: &Path, commit: &str) -> Option<String> {
    let hash = bytes_of(commit)?;
    let folder = git.join("objects").join("pack");
    let items = disk::list(root, &folder, PACKS * 4).ok()?;
    let indexes = items.iter().filter(|item| {
        item.kind == Kind::File
            && Path::new(&item.name).extension().is_some_and(|extension| extension == "idx")
    });
    indexes.take(PACKS).find_map(|item| {
        let index = folder.join(&item.name);
        let at = find(&disk::open(root, &index).ok()?, &hash).ok()??;
        whole(disk::open(root, &index.with_extension("pack")).ok()?, at)
    })
}

fn bytes_of(hex: &str) -> Option<[u8; HASH as usize]> {
    let mut bytes = [0; HASH as usize];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// Where in the pack the object `hash` begins, by the pack's index of the second version.
fn find(index: &File, hash: &[u8; HASH as usize]) -> io::Result<Option<u64>> {
    let word = |at: u64| {
        let mut word = [0; 4];
        index.read_exact_at(&mut word, at).map(|()| u64::from(u32::from_be_bytes(word)))
    };
    if word(0)? != 0xff74_4f63 || word(4)? != 2 {
        return Ok(None);
    }
    let first = u64::from(hash[0]);
    let (mut low, mut high) =
        (if first == 0 { 0 } else { word(HEADER + (first - 1) * 4)? }, word(HEADER + first * 4)?);
    let count = word(HEADER + 255 * 4)?;
    if high > count {
        return Ok(None);
    }
    while low < high {
        let middle = low + (high - low) / 2;
        let mut found = [0; HASH as usize];
        index.read_exact_at(&mut found, HEADER + FANOUT + middle * HASH)?;
        match found.cmp(hash) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            // The highest bit marks an offset of 64 bits, in a pack of more than 2 GiB: left alone.
            std::cmp::Ordering::Equal => {
                let at = word(HEADER + FANOUT + count * (HASH + 4) + middle * 4)?;
                return Ok(Some(at).filter(|at| at >> 31 == 0));
            }
        }
    }
    Ok(None)
}

/// The commit at `at`, if it is stored as a whole: type 1 in the bits 4 to 6 of its first byte.
fn whole(pack: File, at: u64) -> Option<String> {
    let mut header = [0; 10];
    let got = pack.read_at(&mut header, at).ok()?;
    if header[0] >> 4 & 7 != 1 {
        return None;
    }
    let length = header[..got].iter().position(|byte| byte & 0x80 == 0)? as u64 + 1;
    inflate(Behind { pack, at: at + length })
}

/// A file from somewhere in it to its end.
struct Behind {
    pack: File,
    at: u64,
}

impl Read for Behind {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.pack.read_at(buffer, self.at)?;
        self.at += got as u64;
        Ok(got)
    }
}
