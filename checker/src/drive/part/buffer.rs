//! Bytes that came and were not yet expected; bytes that are to go.

use std::collections::VecDeque;
use std::io::{self, Read, Write};

use crate::record::fact::End;
use crate::scenario::generate::BlobReader;

/// Room that is made for one reading, in bytes: at first, and where there is always more.
const LITTLE: usize = 4 * 1024;
const MUCH: usize = 256 * 1024;

/// What came in on a stream. Bounded: above so many bytes that no step has consumed, the kernel's
/// buffers fill, as with any reader that is slow.
#[derive(Debug)]
pub struct Input {
    /// What was not consumed is from `start` to `stop`; all of it has been written to, which makes room to read
    /// into without clearing it each time.
    room: Vec<u8>,
    start: usize,
    stop: usize,
    pub end: End,
    /// Lines consumed so far.
    pub lines: u64,
    /// Bytes that ever came.
    pub total: u64,
    /// Bytes that no step has consumed and that are kept all the same.
    most: usize,
}

impl Default for Input {
    fn default() -> Self {
        let (start, stop, most) = (0, 0, Self::MOST);
        Input { room: Vec::new(), start, stop, end: End::Open, lines: 0, total: 0, most }
    }
}

impl Input {
    /// What is kept of a connection.
    const MOST: usize = 4 * 1024 * 1024;
    /// The largest payload that can be sent whole before any of its echo is looked at. A program that
    /// sends without end must not fill the checker's memory.
    const ECHO: usize = 64 * 1024 * 1024;

    /// A stream of which more is kept: a program must not be held up by what it prints.
    pub fn keeping(most: usize) -> Self {
        Input { most, ..Input::default() }
    }

    /// A stream of which nothing will come any more.
    pub fn ended(end: End) -> Self {
        Input { end, ..Input::default() }
    }

    pub fn unread(&self) -> &[u8] {
        &self.room[self.start..self.stop]
    }

    /// Keeps so many bytes beside, up to [`Input::ECHO`]: whoever sends them must be able to take them
    /// back meanwhile, or both sides wait for each other.
    pub fn make_room(&mut self, bytes: u64) {
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX).min(Self::ECHO);
        self.most = self.most.max(Self::MOST + bytes);
    }

    pub fn has_room(&self) -> bool {
        self.unread().len() < self.most
    }

    pub fn consume(&mut self, n: usize) {
        let taken = &self.unread()[..n];
        self.lines += memchr::memchr_iter(b'\n', taken).count() as u64;
        self.skip(n);
    }

    /// The same of what is not text, and has no lines.
    pub fn skip(&mut self, n: usize) {
        self.start += n;
        if self.start == self.stop {
            (self.start, self.stop) = (0, 0);
        }
    }

    pub fn push(&mut self, bytes: &[u8]) {
        self.make_space(bytes.len())[..bytes.len()].copy_from_slice(bytes);
        self.take_in(bytes.len());
    }

    /// At least so many bytes behind what is there.
    fn make_space(&mut self, bytes: usize) -> &mut [u8] {
        if self.room.len() - self.stop < bytes {
            self.room.copy_within(self.start..self.stop, 0);
            (self.start, self.stop) = (0, self.stop - self.start);
            if self.room.len() - self.stop < bytes {
                let enough = (self.stop + bytes).max(self.room.len() * 2);
                self.room.resize(enough, 0);
            }
        }
        &mut self.room[self.stop..]
    }

    fn take_in(&mut self, n: usize) {
        self.stop += n;
        self.total += n as u64;
    }

    /// Reads what is there without waiting; gives each piece to `seen`. Stops at the end, or when
    /// there is no room.
    pub fn fill(&mut self, from: &mut impl Read, seen: impl FnMut(&[u8])) {
        self.read(from, |_| true, seen);
    }

    /// The same, but only what is there at one go: not what is written meanwhile, crumb by crumb. An end behind it
    /// is found the next time.
    pub fn gulp(&mut self, from: &mut impl Read, seen: impl FnMut(&[u8])) {
        self.read(from, |whole| whole, seen);
    }

    /// `goes_on` is told, after each piece, whether it took all of the room: then there may be more.
    fn read(&mut self, from: &mut impl Read, goes_on: impl Fn(bool) -> bool, mut seen: impl FnMut(&[u8])) {
        let mut wanted = LITTLE;
        while self.end == End::Open && self.has_room() {
            let space = self.make_space(wanted);
            let most = space.len().min(MUCH);
            match from.read(&mut space[..most]) {
                Ok(0) => self.end = End::Eof,
                Ok(n) => {
                    seen(&space[..n]);
                    self.take_in(n);
                    if n == most {
                        wanted = MUCH;
                    }
                    if !goes_on(n == most) {
                        return;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                // A reset throws away nothing that had arrived before: the kernel hands that out first.
                Err(_) => self.end = End::Reset,
            }
        }
    }
}

#[derive(Debug)]
enum Chunk {
    Bytes(Vec<u8>, usize),
    Blob(BlobReader),
}

/// What is to go out on a stream, in order.
#[derive(Debug, Default)]
pub struct Output {
    queue: VecDeque<Chunk>,
    /// Bytes that the kernel took.
    pub written: u64,
    /// The other side takes nothing more: what is left was dropped.
    pub broken: Option<io::ErrorKind>,
}

impl Output {
    /// What goes nowhere.
    pub fn broken(kind: io::ErrorKind) -> Self {
        Output { broken: Some(kind), ..Output::default() }
    }

    pub fn push(&mut self, bytes: Vec<u8>) {
        if self.broken.is_none() && !bytes.is_empty() {
            self.queue.push_back(Chunk::Bytes(bytes, 0));
        }
    }

    pub fn push_blob(&mut self, blob: BlobReader) {
        if self.broken.is_none() {
            self.queue.push_back(Chunk::Blob(blob));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Writes what the kernel takes without waiting.
    pub fn flush(&mut self, to: &mut impl Write) {
        while let Some(chunk) = self.queue.front_mut() {
            let bytes = match chunk {
                Chunk::Bytes(bytes, at) => &bytes[*at..],
                Chunk::Blob(blob) => blob.fill(),
            };
            if bytes.is_empty() {
                self.queue.pop_front();
                continue;
            }
            match to.write(bytes) {
                Ok(n) => {
                    self.written += n as u64;
                    match chunk {
                        Chunk::Bytes(_, at) => *at += n,
                        Chunk::Blob(blob) => blob.consume(n),
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) => self.break_off(&error),
            }
        }
    }

    /// Writes what the kernel takes of these bytes without waiting, and keeps only the rest of them.
    pub fn pass(&mut self, bytes: &[u8], to: &mut impl Write) {
        let mut rest = bytes;
        if self.is_empty() && self.broken.is_none() {
            match to.write(bytes) {
                Ok(n) => {
                    self.written += n as u64;
                    rest = &bytes[n..];
                }
                Err(error)
                    if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock) => {}
                Err(error) => self.break_off(&error),
            }
        }
        self.push(rest.to_vec());
    }

    fn break_off(&mut self, error: &io::Error) {
        self.broken = Some(error.kind());
        self.queue.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consumed_bytes_and_lines_are_counted() {
        let mut input = Input::default();
        input.fill(&mut &b"one\ntwo\nthr"[..], |_| ());
        assert_eq!((input.unread(), input.end), (&b"one\ntwo\nthr"[..], End::Eof));
        input.consume(4);
        assert_eq!((input.unread(), input.lines), (&b"two\nthr"[..], 1));
        input.consume(7);
        assert_eq!((input.unread(), input.lines, input.total), (&b""[..], 2, 11));
    }

    #[test]
    fn what_comes_is_kept_whole_however_it_is_taken() {
        let all: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let (mut input, mut taken) = (Input::default(), Vec::new());
        for piece in all.chunks(7_001) {
            input.fill(&mut &*piece, |_| ());
            input.end = End::Open;
            let some = input.unread().len() * 2 / 3;
            taken.extend_from_slice(&input.unread()[..some]);
            input.consume(some);
        }
        taken.extend_from_slice(input.unread());
        assert!(taken == all && input.total == all.len() as u64);
    }

    #[test]
    fn a_gulp_is_what_is_there_at_one_go() {
        // As a pipe reads into which somebody writes on and on.
        let crumbs = b"crumb".chain(&b"crumb"[..]);
        let (mut input, mut from) = (Input::default(), crumbs);
        input.gulp(&mut from, |_| ());
        assert_eq!((input.unread(), input.end), (&b"crumb"[..], End::Open));
        input.gulp(&mut from, |_| ());
        input.gulp(&mut from, |_| ());
        assert_eq!((input.unread(), input.end), (&b"crumbcrumb"[..], End::Eof));
        let much = vec![7; 3 * LITTLE];
        let mut input = Input::default();
        input.gulp(&mut &much[..], |_| ());
        assert_eq!((input.unread().len(), input.end), (much.len(), End::Open));
    }

    /// Takes so many bytes, then refuses with an error.
    struct Taker(Vec<u8>, usize, io::ErrorKind);

    impl Write for Taker {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match bytes.len().min(self.1) {
                0 => Err(self.2.into()),
                n => {
                    self.0.extend_from_slice(&bytes[..n]);
                    self.1 -= n;
                    Ok(n)
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_passed_on_stays_in_order_and_is_kept_where_it_is_not_taken() {
        let (mut output, mut to) = (Output::default(), Taker(Vec::new(), 8, io::ErrorKind::WouldBlock));
        output.pass(b"first ", &mut to);
        assert!(output.is_empty(), "nothing is copied that the kernel took");
        output.pass(b"second ", &mut to);
        assert_eq!((&to.0[..], output.written), (&b"first se"[..], 8));
        to.1 = 100;
        output.pass(b"third", &mut to);
        assert_eq!(to.0, b"first se", "not before what was kept");
        output.flush(&mut to);
        assert_eq!((&to.0[..], output.written, output.broken), (&b"first second third"[..], 18, None));

        (to.1, to.2) = (0, io::ErrorKind::ConnectionReset);
        output.pass(b"more", &mut to);
        to.1 = 100;
        output.pass(b"and more", &mut to);
        output.flush(&mut to);
        assert_eq!((to.0.len(), output.broken), (18, Some(io::ErrorKind::ConnectionReset)));
    }

    #[test]
    fn a_flood_stays_in_the_kernel() {
        let mut input = Input::default();
        input.fill(&mut io::repeat(7), |_| ());
        assert!(input.unread().len() <= Input::MOST + MUCH);
        assert_eq!(input.end, End::Open);
    }
}
