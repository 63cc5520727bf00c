//! Reads an entry and holds it to what the archive said of it.

use std::io::{self, Read};

use flate2::Crc;

/// Passes on exactly the promised number of bytes. Whatever is longer, shorter, or has another checksum ends
/// in [`io::ErrorKind::InvalidData`].
pub(super) struct Checked<R> {
    inner: R,
    left: u64,
    crc: Crc,
    wanted: Option<u32>,
}

impl<R: Read> Checked<R> {
    pub fn new(inner: R, size: u64, wanted: Option<u32>) -> Self {
        Checked { inner, left: size, crc: Crc::new(), wanted }
    }

    /// At the promised end: there must be no more, and the sum must be right.
    fn end(&mut self) -> io::Result<usize> {
        if self.inner.read(&mut [0])? > 0 {
            return Err(broken("it is longer than the archive says"));
        }
        match self.wanted {
            Some(wanted) if wanted != self.crc.sum() => Err(broken("its checksum is wrong")),
            _ => Ok(0),
        }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            return self.end();
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let got = self.inner.read(&mut buffer[..most])?;
        if got == 0 {
            return Err(broken("it is shorter than the archive says"));
        }
        self.crc.update(&buffer[..got]);
        self.left -= got as u64;
        Ok(got)
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
