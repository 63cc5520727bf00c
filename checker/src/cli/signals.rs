//! Ctrl-C, a closed terminal, and being asked to end.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::report::live;
use crate::run::cancel;

/// What a signal takes away before it ends the checker.
static LITTER: Mutex<Option<PathBuf>> = Mutex::new(None);

/// From here on a signal takes this folder away too.
pub fn take_away(folder: PathBuf) {
    *LITTER.lock().unwrap_or_else(PoisonError::into_inner) = Some(folder);
}

/// Others may still be writing there: each time there is less of it.
fn tidy() {
    const TIMES: usize = 20;
    let Some(folder) = LITTER.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    for _ in 0..TIMES {
        if fs::remove_dir_all(&folder).is_ok() || !folder.exists() {
            return;
        }
    }
}

/// From here on such a signal ends the checker with 128 + its number. Compilers and runners are killed
/// by the kernel when the checker is gone, and everything that they started with them.
pub fn install() -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
            cancel::cancel(signal);
            tidy();
            if io::stderr().is_terminal() {
                // Held to the end, so that nobody writes the line once more.
                let mut stderr = io::stderr().lock();
                // A terminal that is gone can't be tidied.
                let _ = stderr.write_all(live::CLEAR.as_bytes());
                std::process::exit(128 + signal);
            }
            std::process::exit(128 + signal);
        }
    })?;
    Ok(())
}
