//! JSON Lines: the records themselves. Written line by line as each submission ends, and read back after
//! whatever ended the grader.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::gradebook::record::{Record, SCHEMA};

use super::clean;
use super::error::FormatError;

/// Bytes of a line. Far more than a record has; what is longer is another file.
const LONGEST: u64 = 64 << 20;

/// `record` as one line, with its end: to be written by one call.
pub fn line(record: &Record) -> Result<String, FormatError> {
    let numbers = [record.points, record.points_possible, record.penalty];
    if !numbers.iter().all(|number| number.is_finite()) {
        return Err(FormatError::asked(
            format!("the points of {} are no numbers", clean::line(&record.student.key)),
            "look at the course's points and at the late policy",
        ));
    }
    let mut line = serde_json::to_string(record)
        .map_err(|error| FormatError::asked(format!("a record can't be written: {error}"), "report this"))?;
    line.push('\n');
    Ok(line)
}

/// All of `records`.
pub(super) fn write(records: &[Record]) -> Result<Vec<u8>, FormatError> {
    let mut out = String::new();
    for record in records {
        out += &line(record)?;
    }
    Ok(out.into_bytes())
}

/// How a file of records ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// With a whole line, or it is empty.
    Whole,
    /// With a whole record whose line end is missing: write one before the next record.
    NoLineEnd,
    /// With a part of a record, which was left out: cut the file at `at` before the next record is written.
    Half {
        /// From 1.
        line: u64,
        /// Bytes before it.
        at: u64,
    },
}

/// The records of a file, one after the other; holds one line at a time. An error ends it.
#[derive(Debug)]
pub struct Records<R> {
    from: R,
    file: PathBuf,
    line: u64,
    at: u64,
    tail: Tail,
    done: bool,
}

impl<R: BufRead> Records<R> {
    /// `file` is what errors call it.
    pub fn new(from: R, file: &Path) -> Self {
        Records { from, file: file.to_owned(), line: 0, at: 0, tail: Tail::Whole, done: false }
    }

    /// How the file ends; known when there are no more records.
    pub fn tail(&self) -> Tail {
        self.tail
    }

    fn fault(&self, what: impl Into<String>, cure: impl Into<String>) -> FormatError {
        FormatError::file(&self.file, Some(self.line), what, cure)
    }

    /// The next line that is not blank, and whether it has an end; None at the end of the file.
    fn next_line(&mut self) -> Result<Option<(Vec<u8>, bool)>, FormatError> {
        loop {
            let mut line = Vec::new();
            self.line += 1;
            let read = std::io::Read::take(&mut self.from, LONGEST).read_until(b'\n', &mut line);
            let read =
                read.map_err(|error| self.fault(format!("can't be read: {error}"), "look at the disk"))?;
            if read as u64 == LONGEST {
                return Err(self.fault("the line is longer than 64 MiB", "is this a file of grades?"));
            }
            if read == 0 {
                return Ok(None);
            }
            let whole = line.last() == Some(&b'\n');
            if !line.trim_ascii().is_empty() {
                return Ok(Some((line, whole)));
            }
            self.at += read as u64;
        }
    }

    fn record(&mut self) -> Result<Option<Record>, FormatError> {
        let Some((line, whole)) = self.next_line()? else { return Ok(None) };
        let read = self.parse(&line);
        if !whole {
            if is_half(&line) {
                self.tail = Tail::Half { line: self.line, at: self.at };
                return Ok(None);
            }
            self.tail = Tail::NoLineEnd;
        }
        self.at += line.len() as u64;
        read.map(Some)
    }

    fn parse(&self, line: &[u8]) -> Result<Record, FormatError> {
        #[derive(Deserialize)]
        struct Head {
            schema: String,
        }
        let why = match serde_json::from_slice::<Record>(line) {
            Ok(record) if record.schema == SCHEMA => return Ok(record),
            Ok(_) => String::new(),
            Err(error) => format!(": {error}"),
        };
        // The schema is the better reason: a newer record has other fields.
        if let Ok(head) = serde_json::from_slice::<Head>(line)
            && head.schema != SCHEMA
        {
            let theirs = clean::cut(&clean::line(&head.schema), 60).into_owned();
            return Err(self.fault(
                format!("the record's schema is `{theirs}`, and this checker reads `{SCHEMA}`"),
                "use the checker that wrote it, or grade again into another folder",
            ));
        }
        Err(self.fault(
            format!("not a record{}", clean::line(&why)),
            "delete the line: its submission is graded again by the next run",
        ))
    }
}

/// Whether a line without an end is the beginning of one: not a whole value.
fn is_half(line: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(line).is_err()
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Record, FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.record().transpose();
        self.done = !matches!(next, Some(Ok(_)));
        next
    }
}
