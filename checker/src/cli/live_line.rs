//! The line on the terminal that tells what goes on meanwhile.

use std::io::{self, IsTerminal, Stderr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::report::live::Live;

/// Columns of a terminal that does not tell.
const USUAL: usize = 80;

/// On stderr, if that is a terminal.
pub fn on_stderr() -> Live<Stderr> {
    let stderr = io::stderr();
    let width = stderr.is_terminal().then(columns);
    Live::new(stderr, width)
}

/// Of the terminal behind stderr.
pub fn columns() -> usize {
    terminal_size::terminal_size_of(io::stderr()).map_or(USUAL, |(width, _)| width.0.into())
}

/// The same for several threads.
#[derive(Debug)]
pub struct Shared(Mutex<Live<Stderr>>);

impl Shared {
    pub fn on_stderr() -> Self {
        Shared(Mutex::new(on_stderr()))
    }

    pub fn line(&self) -> MutexGuard<'_, Live<Stderr>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `reading submissions: 12 of 200`
    pub fn count(&self, what: &str, done: usize, of: usize) {
        let mut line = self.line();
        if done == 0 {
            // Something else begins: that is shown at once.
            line.clear();
        }
        line.say(&format!("{what}: {done} of {of}"));
    }
}
