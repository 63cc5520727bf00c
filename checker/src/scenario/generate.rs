//! Fresh values from a seed: the same seed and name always give the same value.

use std::io::{self, Read, Seek, Write};

use fastrand::Rng;

use super::step::Generator;

/// What a [`Generator`] made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Bytes(Vec<u8>),
    /// A stream, made anew each time it is read.
    Blob(Blob),
}

impl Value {
    /// Makes the value of the variable `name` of the run with this `seed`.
    pub fn make(generator: &Generator, name: &str, seed: u64) -> Self {
        let own_seed = mix(seed, name);
        let mut rng = Rng::with_seed(own_seed);
        Value::Bytes(match *generator {
            Generator::Word(n) => word(&mut rng, n),
            Generator::Han(n) => han(&mut rng, n).into_bytes(),
            Generator::Text(n) => text(&mut rng, n),
            Generator::Bytes(n) => bytes(&mut rng, n),
            Generator::Lines(n) => lines(&mut rng, n),
            Generator::Number(low, high) => rng.u64(low..=high).to_string().into_bytes(),
            Generator::Blob(len) => return Value::Blob(Blob { seed: own_seed, len, sparse: false }),
            Generator::Sparse(len) => return Value::Blob(Blob { seed: own_seed, len, sparse: true }),
        })
    }

    /// Length in bytes.
    pub fn len(&self) -> u64 {
        match self {
            Value::Bytes(bytes) => bytes.len() as u64,
            Value::Blob(blob) => blob.len,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// FNV-1a over the name, started from the seed: variables are independent of each other's presence.
fn mix(seed: u64, name: &str) -> u64 {
    name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn word(rng: &mut Rng, n: usize) -> Vec<u8> {
    (0..n).map(|_| rng.u8(b'a'..=b'z')).collect()
}

fn han(rng: &mut Rng, n: usize) -> String {
    // The first 0x51a6 characters of CJK Unified Ideographs (Unicode 1.1): all assigned, all 3 bytes.
    (0..n).filter_map(|_| char::from_u32(rng.u32(0x4e00..=0x9fa5))).collect()
}

/// What naive code stumbles over in text: kept apart by words, so that each stands for itself.
const TEXT_PLANTS: [&str; 6] = [" 886 ", "\0", "\r ", "  ", "网络 编程", "🦀"];

fn text(rng: &mut Rng, n: usize) -> Vec<u8> {
    let mut out = word(rng, 1.min(n));
    let mut plants: Vec<&str> = TEXT_PLANTS.to_vec();
    rng.shuffle(&mut plants);
    // The last byte is kept free for a letter, so that no blank or `\r` ends the text.
    while let Some(plant) = plants.pop() {
        if out.len() + plant.len() + 2 <= n {
            out.extend(plant.bytes());
            out.extend(word(rng, 1));
        }
    }
    while out.len() + 16 < n {
        match rng.u8(0..8) {
            0 => out.extend(han(rng, 2).bytes()),
            1 => out.extend(TEXT_PLANTS[rng.usize(0..TEXT_PLANTS.len())].bytes().chain([b'x'])),
            _ => out.extend(word(rng, 5)),
        }
    }
    let rest = n - out.len().min(n);
    out.extend(word(rng, rest));
    out
}

fn bytes(rng: &mut Rng, n: usize) -> Vec<u8> {
    let mut out = vec![0; n];
    rng.fill(&mut out);
    plant(rng, &mut out);
    if let Some(first) = out.first_mut() {
        *first = 0xff;
    }
    out
}

/// Puts what mangling code changes into random bytes, at random places.
fn plant(rng: &mut Rng, out: &mut [u8]) {
    const PLANTS: [&[u8]; 6] = [b"\r\n", b"\0", b"\xff", b"886\n", b"\x1a", b"\n"];
    let mut at = 1;
    for plant in PLANTS {
        at += rng.usize(0..=out.len() / 32);
        if let Some(place) = out.get_mut(at..at + plant.len()) {
            place.copy_from_slice(plant);
            at += plant.len();
        }
    }
}

fn lines(rng: &mut Rng, n: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(n * 14);
    for _ in 0..n {
        match rng.u8(0..16) {
            0 => {}
            1 => out.extend(han(rng, 4).bytes()),
            2 => out.extend(b"x886"),
            _ => {
                let len = rng.usize(1..24);
                out.extend(word(rng, len));
            }
        }
        out.push(b'\n');
    }
    out
}

/// A stream of random bytes that is made again for each reader. Every 256 KiB of it are like the first but
/// for eight fresh bytes in every 128: no piece of it is like another, and it costs a reader next to
/// nothing beside the sockets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    seed: u64,
    pub len: u64,
    /// Zeros but for the first chunk, the last, and one in each [`Blob::GROUP`].
    sparse: bool,
}

impl Blob {
    /// Bytes made at a time, and so handed to the kernel at a time: much for one call, and little beside a processor's
    /// cache.
    const CHUNK: usize = 256 * 1024;
    /// The same of a sparse one.
    const SPARSE_CHUNK: usize = 64 * 1024;
    const STRIDE: usize = 128;
    /// Chunks of a sparse one among which one is filled.
    const GROUP: u64 = 16;

    pub fn reader(&self) -> BlobReader {
        BlobReader {
            rng: Rng::with_seed(self.seed),
            sparse: self.sparse,
            left: self.len,
            chunk: Vec::new(),
            zeros: false,
            len: 0,
            at: 0,
            number: 0,
            filled: 0,
        }
    }
}

/// As many as are told at a time: few enough for the innermost cache of a processor, which compares them with what it
/// has just been sent.
static ZEROS: [u8; 8 * 1024] = [0; 8 * 1024];

/// Reads a [`Blob`] from its beginning.
#[derive(Debug)]
pub struct BlobReader {
    rng: Rng,
    sparse: bool,
    /// Bytes that were not yet made.
    left: u64,
    chunk: Vec<u8>,
    /// Whether it is zeros, in place of the chunk, that come now: `len` bytes, of which `at` were consumed.
    zeros: bool,
    len: usize,
    at: usize,
    /// Of the chunk that comes next, from 0.
    number: u64,
    /// Which one of its group is filled.
    filled: u64,
}

impl BlobReader {
    /// The next bytes that were made and not yet consumed; empty at the end.
    pub fn fill(&mut self) -> &[u8] {
        if self.at == self.len {
            self.make();
        }
        match self.zeros {
            true => &ZEROS[..ZEROS.len().min(self.len - self.at)],
            false => &self.chunk[self.at..self.len],
        }
    }

    fn make(&mut self) {
        let most = if self.sparse { Blob::SPARSE_CHUNK } else { Blob::CHUNK };
        (self.at, self.len) = (0, usize::try_from(self.left).unwrap_or(usize::MAX).min(most));
        self.left -= self.len as u64;
        self.zeros = self.sparse && !self.is_filled();
        self.number += 1;
        if self.zeros {
            return;
        }
        if self.chunk.is_empty() {
            self.chunk.resize(self.len, 0);
            self.rng.fill(&mut self.chunk);
        }
        self.chunk.truncate(self.len);
        for stride in self.chunk.chunks_mut(Blob::STRIDE) {
            if let Some(place) = stride.first_chunk_mut::<8>() {
                *place = self.rng.u64(..).to_le_bytes();
            }
        }
        plant(&mut self.rng, &mut self.chunk);
    }

    /// Of a sparse one: the first, the last, and any one of each group.
    fn is_filled(&mut self) -> bool {
        let place = self.number % Blob::GROUP;
        if place == 0 {
            self.filled = self.rng.u64(..Blob::GROUP);
        }
        self.number == 0 || self.left == 0 || place == self.filled
    }

    pub fn consume(&mut self, n: usize) {
        self.at += n;
    }

    /// Writes all that is left; zeros as holes.
    pub fn write_to(mut self, to: &mut (impl Write + Seek)) -> io::Result<()> {
        loop {
            let n = self.fill().len();
            match (n, self.zeros) {
                (0, _) => return Ok(()),
                (_, true) => to.seek_relative(n as i64)?,
                (_, false) => to.write_all(self.fill())?,
            }
            self.consume(n);
        }
    }
}

impl Read for BlobReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill();
        let n = chunk.len().min(out.len());
        out[..n].copy_from_slice(&chunk[..n]);
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(generator: Generator, seed: u64) -> Vec<u8> {
        match Value::make(&generator, "v", seed) {
            Value::Bytes(bytes) => bytes,
            Value::Blob(blob) => {
                let mut out = Vec::new();
                blob.reader().read_to_end(&mut out).unwrap();
                out
            }
        }
    }

    #[test]
    fn text_is_one_line_of_exactly_the_length_and_starts_and_ends_with_a_letter() {
        for n in (0..200).chain([1023, 1024, 65507, 65536]) {
            for seed in 0..4 {
                let text = String::from_utf8(made(Generator::Text(n), seed)).unwrap();
                assert_eq!(text.len(), n, "seed {seed}");
                assert!(!text.contains('\n'));
                if n > 0 {
                    assert!(text.starts_with(|c: char| c.is_ascii_lowercase()));
                    assert!(text.ends_with(|c: char| c.is_ascii_lowercase()));
                }
                if n >= 64 {
                    for plant in ["886", "\0", "\r", "网络", "🦀"] {
                        assert!(text.contains(plant), "{plant:?} in {n} bytes, seed {seed}");
                    }
                }
            }
        }
    }

    #[test]
    fn bytes_are_never_utf8_and_carry_what_mangles() {
        for seed in 0..50 {
            for n in 1..40 {
                let bytes = made(Generator::Bytes(n), seed);
                assert_eq!(bytes.len(), n);
                assert!(std::str::from_utf8(&bytes).is_err());
            }
            let bytes = made(Generator::Bytes(64), seed);
            for plant in [&b"\r\n"[..], b"\0", b"\xff", b"886"] {
                assert!(bytes.windows(plant.len()).any(|w| w == plant), "seed {seed}");
            }
        }
    }

    #[test]
    fn blobs_are_as_long_as_said_and_the_same_each_time() {
        for len in [0, 1, 5, 65_535, 65_536, 65_537, 200_000, 1_000_000] {
            let blob = made(Generator::Blob(len), 7);
            assert_eq!(blob.len() as u64, len);
            assert_eq!(blob, made(Generator::Blob(len), 7));
        }
        assert_ne!(made(Generator::Blob(99), 1), made(Generator::Blob(99), 2));
    }

    #[test]
    fn a_sparse_blob_has_something_in_each_part_and_at_both_ends() {
        const MIB: usize = 1 << 20;
        for len in [0, 1, 65_536, 65_537, MIB, 3 * MIB + 70_001] {
            let blob = made(Generator::Sparse(len as u64), 7);
            assert_eq!(blob.len(), len);
            assert!(blob.chunks(MIB).all(|part| part.iter().any(|byte| *byte != 0)));
            assert!(blob.last_chunk::<32>().is_none_or(|end| end.iter().any(|byte| *byte != 0)));
            let zeros = blob.iter().filter(|byte| **byte == 0).count();
            assert!(len <= MIB || zeros > len / 4 * 3, "{zeros} zeros of {len}");
            let Value::Blob(again) = Value::make(&Generator::Sparse(len as u64), "v", 7) else { panic!() };
            let mut file = io::Cursor::new(Vec::new());
            again.reader().write_to(&mut file).unwrap();
            assert!(file.into_inner() == blob, "as a file");
        }
    }

    #[test]
    fn no_piece_of_a_blob_is_like_another() {
        let blob = made(Generator::Blob(2 * Blob::CHUNK as u64 + 40_000), 7);
        let mut seen = std::collections::HashSet::new();
        assert!(blob.windows(Blob::STRIDE + 8).all(|piece| seen.insert(piece)));
    }

    #[test]
    fn lines_are_counted_and_none_says_goodbye() {
        let lines = String::from_utf8(made(Generator::Lines(10_000), 3)).unwrap();
        assert_eq!(lines.lines().count(), 10_000);
        assert!(lines.ends_with('\n') && !lines.lines().any(|line| line == "886"));
    }

    #[test]
    fn a_value_depends_on_seed_and_name_alone() {
        let value = |name: &str, seed| Value::make(&Generator::Word(12), name, seed);
        assert_eq!(value("a", 1), value("a", 1));
        assert_ne!(value("a", 1), value("b", 1));
        assert_ne!(value("a", 1), value("a", 2));
    }
}
