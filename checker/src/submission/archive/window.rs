//! A run of bytes of a file, read without moving the file's own position.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

/// Bytes `at` to `at + left` of a file. Ends earlier where the file does.
#[derive(Debug)]
pub(super) struct Window {
    file: Arc<File>,
    at: u64,
    left: u64,
}

impl Window {
    pub fn new(file: Arc<File>, at: u64, length: u64) -> Self {
        Window { file, at, left: length }
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let got = self.file.read_at(&mut buffer[..most], self.at)?;
        self.at += got as u64;
        self.left -= got as u64;
        Ok(got)
    }
}
