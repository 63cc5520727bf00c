//! Runners that have answered. To end one costs the kernel as much as to make it, and so those of a job that somebody
//! waits for are let go when others need their room, or when all verdicts are there.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::drive::client::Place;

/// Files that may lie in the folders of those that are kept, in MiB: room for an exercise with two uploads of 256 MiB.
const MOST_MIB: u32 = 2048;
/// Runners that are kept.
const MOST: usize = 32;

/// The places that are over, each with the files that may lie there, in MiB; the oldest first.
#[derive(Debug, Default)]
pub struct Over {
    kept: Mutex<VecDeque<(u32, Place)>>,
}

impl Over {
    pub fn keep(&self, place: Place, files_mib: u32) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((files_mib, place));
        while kept.len() > MOST || kept.iter().map(|(mib, _)| mib).sum::<u32>() > MOST_MIB {
            kept.pop_front();
        }
    }
}
