//! Reads of seven bytes, writes of one or two.

use std::io::{self, ErrorKind, Read, Write};

/// Collects pieces of seven bytes until there is a line end in one of them.
pub fn line_of(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let mut buffer = [0; 7];
    while !line.contains_end_since(buffer.len()) {
        match stream.read(&mut buffer) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(n) => line.extend(&buffer[..n]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let end = line.iter().position(|&byte| byte == b'\n').unwrap_or_default();
    line.truncate(end);
    if line.ends_with(b"\r") {
        line.pop();
    }
    Ok(line)
}

trait Ends {
    fn contains_end_since(&self, most: usize) -> bool;
}

impl Ends for Vec<u8> {
    /// Whether there is a line end among the last bytes: those before were looked at already.
    fn contains_end_since(&self, most: usize) -> bool {
        self[self.len().saturating_sub(most)..].contains(&b'\n')
    }
}

/// One `write` for so many bytes, each flushed.
pub fn trickle(out: &mut impl Write, bytes: &[u8], at_once: usize) -> io::Result<()> {
    for crumb in bytes.chunks(at_once) {
        out.write_all(crumb)?;
        out.flush()?;
    }
    Ok(())
}
