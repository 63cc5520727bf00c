//! The line on the terminal that tells what goes on meanwhile.

use std::io::{self, IsTerminal, Stderr};

use crate::report::live::Live;

/// Columns of a terminal that does not tell.
const USUAL: usize = 80;

/// On stderr, if that is a terminal.
pub fn on_stderr() -> Live<Stderr> {
    let stderr = io::stderr();
    let told = || terminal_size::terminal_size_of(io::stderr()).map_or(USUAL, |(width, _)| width.0.into());
    let width = stderr.is_terminal().then(told);
    Live::new(stderr, width)
}
