//! Edits, as a student makes them.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::files;

/// Where an exercise is edited: words that the program has in one place of the reference solution, and in one
/// place of the community course's exercise too.
#[derive(Debug)]
pub struct Edit {
    /// The exercise's folder.
    pub exercise: &'static str,
    /// The file, relative to it.
    pub file: &'static str,
    /// The program whose text it becomes.
    pub program: &'static str,
    pub words: &'static str,
}

const ONE: &str = "exactly one argument is needed";
const TWO: &str = "exactly two arguments are needed";

/// Each exercise, and the one that has a library with an edit there as well.
#[rustfmt::skip]
pub const EDITS: [Edit; 8] = [
    Edit { exercise: "01_udp_send", file: "src/main.rs", program: "udp_send", words: ONE },
    Edit { exercise: "02_udp_echo_server", file: "src/main.rs", program: "udp_echo_server", words: ONE },
    Edit { exercise: "03_tcp_one_liner", file: "src/bin/server.rs", program: "server", words: "cannot accept a client" },
    Edit { exercise: "03_tcp_one_liner", file: "src/lib.rs", program: "server", words: ONE },
    Edit { exercise: "04_multi_client", file: "src/main.rs", program: "multi_client", words: ONE },
    Edit { exercise: "05_long_connection", file: "src/bin/server.rs", program: "server", words: ONE },
    Edit { exercise: "06_file_upload", file: "src/bin/server.rs", program: "server", words: TWO },
    Edit { exercise: "07_multiprocess", file: "src/main.rs", program: "multiprocess", words: "usage: multiprocess ADDR" },
];

impl Edit {
    /// The exercise's name without its number.
    pub fn package(&self) -> &'static str {
        self.exercise.split_once('_').map_or(self.exercise, |(_, package)| package)
    }

    /// `01_udp_send`, or `03_tcp_one_liner, src/lib.rs` where there are several programs.
    pub fn title(&self) -> String {
        match self.file {
            "src/main.rs" => self.exercise.to_owned(),
            file => format!("{}, {file}", self.exercise),
        }
    }
}

/// A file that is edited in each round.
#[derive(Debug)]
pub struct Edited {
    path: PathBuf,
    /// Before and behind the place.
    parts: (String, String),
}

impl Edited {
    /// # Errors
    /// The words do not stand in the file exactly once.
    pub fn new(path: PathBuf, words: &str) -> Result<Self, String> {
        let text = files::read(&path)?;
        if text.matches(words).count() != 1 {
            return Err(format!("{words:?} must stand in {} once; correct `EDITS`", path.display()));
        }
        let end = text.find(words).unwrap_or_default() + words.len();
        Ok(Edited { path, parts: (text[..end].to_owned(), text[end..].to_owned()) })
    }

    /// Saves the file with `mark` behind the words: another program.
    pub fn save(&self, mark: &str) -> Result<(), String> {
        files::write(&self.path, [self.parts.0.as_str(), " ", mark, &self.parts.1].concat())
    }
}

/// Marks that no edit has ever had: whatever is known by content, it can't be this.
#[derive(Debug)]
pub struct Marks {
    start: u128,
    count: u32,
}

impl Marks {
    pub fn new() -> Self {
        let start = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Marks { start, count: 0 }
    }

    pub fn next(&mut self) -> String {
        self.count += 1;
        format!("[{:x}-{:05}]", self.start, self.count)
    }
}
