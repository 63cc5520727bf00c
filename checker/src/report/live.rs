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

    /// Replaces the line, unless it was replaced only just now. Trouble with it changes no verdict.
    pub fn say(&mut self, text: &str) {
        let Some(width) = self.width else { return };
        if self.shown && self.last.is_some_and(|last| last.elapsed() < PAUSE) {
            return;
        }
        let text: String = text.chars().take(width.saturating_sub(1)).collect();
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
        assert_eq!(String::from_utf8(out).unwrap(), format!("{CLEAR}compiling{CLEAR}"));

        let mut out = Vec::new();
        let mut live = Live::new(&mut out, None);
        live.say("x");
        live.clear();
        assert!(out.is_empty());
    }
}
