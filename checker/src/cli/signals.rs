//! Ctrl-C, a closed terminal, and being asked to end.

use std::io::{self, IsTerminal, Write};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::report::live;
use crate::run::cancel;

/// From here on such a signal ends the checker with 128 + its number. Compilers and runners are killed
/// by the kernel when the checker is gone, and everything that they started with them.
pub fn install() -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
            cancel::cancel(signal);
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
