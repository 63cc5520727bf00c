//! Errors and notes on stderr: as wide as the terminal, and whole in a pipe.

use std::io::{self, IsTerminal, Write};

use super::live_line::columns;
use crate::report::terminal::hanging;

/// Says `message` behind `lead` (`error: `). On a terminal, lines that are longer than it is wide are broken between
/// words, and what follows stands below what was said first. What quotes a file, with its own layout, is left as it is.
pub fn say(lead: &str, message: &str) -> io::Result<()> {
    let stderr = io::stderr();
    let quotes = message.lines().any(|line| line.starts_with(' '));
    match stderr.is_terminal() && !quotes {
        true => writeln!(stderr.lock(), "{}", hanging(lead, message.trim_end(), columns())),
        false => writeln!(stderr.lock(), "{lead}{}", message.trim_end()),
    }
}
