//! What fits.

use std::io::{Error, ErrorKind, Result};

pub fn check(text: &[u8]) -> Result<()> {
    if text.len() <= 65_535 - 20 - 8 {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidInput, format!("{} bytes do not fit into a datagram", text.len())))
}
