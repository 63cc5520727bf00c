//! The checker on a terminal: what it writes there, and what is seen of it in the end.

use std::fs::File;
use std::io::{Read, Write};
use std::iter;
use std::os::fd::AsFd;
use std::process::{Child, Command, ExitStatus, Stdio};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, poll};
use nix::pty::{Winsize, openpty};

use super::checked::command_by;
use super::mini::Mini;

/// How long nothing may be written, in milliseconds.
const PATIENCE: u16 = 60_000;

/// The checker, at work on a terminal of its own.
pub struct Terminal {
    /// The other end of the terminal's line.
    line: File,
    checker: Child,
    /// All that was written so far.
    pub written: String,
}

impl Terminal {
    /// Starts the checker in `course`, on a terminal that is so wide.
    pub fn start(course: &Mini, columns: u16, args: &[&str]) -> Self {
        let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let pair = openpty(&size, None).unwrap();
        // Keys are signals only on the terminal that a session is led by.
        let mut session = Command::new("setsid");
        session.arg("--ctty");
        let mut session = command_by(session);
        session.args(args).current_dir(course.path());
        let end = || Stdio::from(pair.slave.try_clone().unwrap());
        let checker = session.stdin(end()).stdout(end()).stderr(end()).spawn().unwrap();
        Terminal { line: File::from(pair.master), checker, written: String::new() }
    }

    /// Reads on until `part` was written.
    #[track_caller]
    pub fn wait_for(&mut self, part: &str) {
        while !self.written.contains(part) {
            assert!(self.read(), "it ended without {part:?}:\n{:?}", self.written);
        }
    }

    pub fn press(&mut self, key: u8) {
        self.line.write_all(&[key]).unwrap();
    }

    /// Reads to the end; how the checker ended.
    pub fn end(&mut self) -> ExitStatus {
        while self.read() {}
        self.checker.wait().unwrap()
    }

    /// False when nobody is left who could write.
    fn read(&mut self) -> bool {
        let mut fds = [PollFd::new(self.line.as_fd(), PollFlags::POLLIN)];
        let ready = iter::repeat_with(|| poll(&mut fds, PATIENCE)).find(|got| *got != Err(Errno::EINTR));
        assert_ne!(ready.unwrap().unwrap(), 0, "nothing comes any more:\n{:?}", self.written);
        let mut piece = [0; 4096];
        let got = match self.line.read(&mut piece) {
            Err(error) if error.raw_os_error() == Some(Errno::EIO as i32) => 0,
            got => got.unwrap(),
        };
        // A character that is cut in two is of no interest here.
        self.written += &String::from_utf8_lossy(&piece[..got]);
        got > 0
    }

    /// The lines that stand on the terminal: a line that was cleared or written over does not.
    pub fn screen(&self) -> Vec<String> {
        let mut lines = vec![Vec::new()];
        let mut column = 0;
        let mut rest = self.written.chars();
        while let Some(c) = rest.next() {
            let line: &mut Vec<char> = lines.last_mut().unwrap();
            match c {
                '\r' => column = 0,
                '\n' => lines.push(Vec::new()),
                '\u{1b}' => {
                    // Up to the letter that says what it does.
                    let sequence: Vec<char> =
                        rest.by_ref().take_while(|c| !c.is_ascii_alphabetic()).collect();
                    if sequence == ['[', '2'] {
                        line.clear();
                    }
                }
                c => {
                    line.resize(line.len().max(column + 1), ' ');
                    line[column] = c;
                    column += 1;
                }
            }
        }
        lines.into_iter().map(|line| line.into_iter().collect::<String>().trim_end().to_owned()).collect()
    }
}
