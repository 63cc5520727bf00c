//! Options, and reads that time out and are tried again.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::TcpStream;
use std::os::fd::FromRawFd;
use std::time::Duration;

/// Sets what does no harm. Where the peer has gone already an option may fail, which does none either.
pub fn furnish(stream: &TcpStream) -> io::Result<()> {
    let _ = stream.set_nodelay(true);
    let _ = stream.set_ttl(99);
    stream.set_write_timeout(Some(Duration::from_secs(30)))?;
    stream.set_read_timeout(Some(Duration::from_millis(15)))
}

/// `read_until` keeps what it has when a read times out, so that it can go on from there.
pub fn read_line(stream: &TcpStream) -> io::Result<Vec<u8>> {
    let mut reader = BufReader::with_capacity(1, stream);
    let mut line = Vec::new();
    while let Err(error) = reader.read_until(b'\n', &mut line) {
        if !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) {
            return Err(error);
        }
    }
    match line.as_slice() {
        [text @ .., b'\r', b'\n'] | [text @ .., b'\n'] => Ok(text.to_vec()),
        _ => Err(io::Error::new(ErrorKind::UnexpectedEof, "no line end came")),
    }
}

/// The descriptors 0 and 1, as files that can be closed.
///
/// # Safety
///
/// To be called once, by a program that uses neither `io::stdin` nor `io::stdout`.
pub unsafe fn plain_files() -> (File, File) {
    // SAFETY: the caller's promise is that nobody else uses them.
    unsafe { (File::from_raw_fd(0), File::from_raw_fd(1)) }
}

pub fn print(mut stdout: File, line: &[u8]) -> io::Result<()> {
    let (half, rest) = line.split_at(line.len() / 2);
    stdout.write_all(half)?;
    stdout.write_all(rest)?;
    stdout.write_all(b"\n")
}
