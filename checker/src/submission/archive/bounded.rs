//! Copies what unpacks to nobody knows how much, up to a bound.

use std::fs::File;
use std::io::{self, Read, Write};

use crate::gradebook::record::Trouble;
use crate::submission::fault::Fault;
use crate::submission::limits::{Budget, Limits, bytes};

/// Bytes that are copied at a time.
const PIECE: usize = 64 * 1024;

/// Why a copy ended early.
pub(super) enum Stopped {
    /// What came is no good, or too much.
    Source(Trouble),
    /// The scratch folder could not be written.
    Scratch(io::Error),
}

/// Copies `from`, which is `packed` bytes packed, to `to`; counts while it does, and takes it off `budget`.
pub(super) fn copy(
    from: &mut dyn Read,
    packed: u64,
    to: &mut File,
    budget: &mut Budget,
    limits: &Limits,
) -> Result<u64, Stopped> {
    let by_ratio = packed.saturating_mul(limits.ratio).max(limits.ratio_from);
    let mut buffer = vec![0; PIECE];
    let mut total = 0_u64;
    loop {
        let got = match from.read(&mut buffer) {
            Ok(0) => return Ok(total),
            Ok(got) => got,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Stopped::Source(unreadable(&error))),
        };
        total += got as u64;
        if total > by_ratio {
            let message = format!(
                "{} unpack to more than {}; hand in the sources alone",
                bytes(packed),
                bytes(by_ratio)
            );
            return Err(Stopped::Source(Fault::Bomb.trouble(message)));
        }
        let Some(left) = budget.inflated.checked_sub(got as u64) else {
            budget.inflated = 0;
            let message = "it unpacks to more than is taken of one submission; hand in the sources alone";
            return Err(Stopped::Source(Fault::TooLarge.trouble(message)));
        };
        budget.inflated = left;
        to.write_all(&buffer[..got]).map_err(Stopped::Scratch)?;
    }
}

/// What `error`, met while unpacking, says of the archive.
pub(super) fn unreadable(error: &io::Error) -> Trouble {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    match error.kind() {
        InvalidData | InvalidInput | UnexpectedEof => {
            Fault::BrokenArchive.trouble(format!("the archive is broken: {error}; pack it again"))
        }
        _ => Fault::Unreadable.trouble(format!("it cannot be read: {error}")),
    }
}
