//! The one line that tells what goes on meanwhile. Only on a terminal; gone when there is something to
//! read.

use std::io::Write;
use std::time::{Duration, Instant};

/// Back to the line's beginning, and nothing on it.
pub const CLEAR: &str = "\r\x1b[2K";

/// Shown no more often than this.
const PAUSE: Duration = Duration::from_millis(50);

#[derive(Debug)]
pub struct Live<W: Write> {
    out: W,
    /// Columns; None where nothing may be shown.
    width: Option<usize>,
    shown: bool,
    last: Option<Instant>,
}

impl<W: Write> Live<W> {
    pub fn new(out: W, width: Option<usize>) -> Self {
        Live { out, width, shown: false, last: None }
    }

    /// How many columns there are for the line.
    pub fn columns(&self) -> usize {
        // In the last one some terminals begin a new line.
        self.width.unwrap_or_default().saturating_sub(1)
    }

    /// Replaces the line, unless it was replaced only just now. Trouble with it changes no verdict.
    pub fn say(&mut self, text: &str) {
        if self.width.is_none() {
            return;
        }
        if self.shown && self.last.is_some_and(|last| last.elapsed() < PAUSE) {
            return;
        }
        let text: String = text.chars().take(self.columns()).collect();
        drop(write!(self.out, "{CLEAR}{text}"));
        drop(self.out.flush());
        self.shown = true;
        self.last = Some(Instant::now());
    }

    pub fn clear(&mut self) {
        if self.shown {
            drop(self.out.write_all(CLEAR.as_bytes()));
            drop(self.out.flush());
            self.shown = false;
        }
    }
}

/// What ends early leaves no line either.
impl<W: Write> Drop for Live<W> {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_and_a_pipe_gets_nothing() {
        let mut out = Vec::new();
        let mut live = Live::new(&mut out, Some(10));
        live.say("compiling 04_multi_client");
        live.clear();
        live.clear();
        drop(live);
        assert_eq!(String::from_utf8(out).unwrap(), format!("{CLEAR}compiling{CLEAR}"));

        let mut out = Vec::new();
        let mut live = Live::new(&mut out, None);
        live.say("x");
        drop(live);
        assert!(out.is_empty());

        let mut live = Live::new(&mut out, Some(10));
        live.say("x");
        drop(live);
        assert_eq!(String::from_utf8(out).unwrap(), format!("{CLEAR}x{CLEAR}"));
    }
}
