//! A CSV file with the places of its cells.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::error::IntakeError;
use super::limits::bytes;

/// A CSV file with a header.
#[derive(Debug)]
pub(super) struct RosterFile {
    file: String,
    text: String,
    delimiter: char,
    pub header: Row,
    pub rows: Vec<Row>,
}

/// One record.
#[derive(Debug)]
pub(super) struct Row {
    pub cells: Vec<String>,
    /// From 1; a record may go over several.
    pub line: u64,
    /// Where it begins in the text, in bytes.
    at: usize,
}

impl Row {
    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

impl RosterFile {
    /// Reads `path`, of at most `most` bytes; cells are parted by `,`, `;` or tabs, as the header has it.
    ///
    /// # Errors
    /// It cannot be read, is too long, is not UTF-8, has no header, a quote that is never closed, or a row of another
    /// length.
    pub fn read(path: &Path, most: u64) -> Result<Self, IntakeError> {
        let file = path.display().to_string();
        let text = text(path, &file, most)?;
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let delimiter = [',', ';', '\t'].into_iter().max_by_key(|c| (first.matches(*c).count(), *c == ','));
        let delimiter = delimiter.unwrap_or(',');
        if let Some(at) = open_quote(&text, delimiter) {
            let (line, column) = end_of(&text[..at]);
            let cure = "put a quote at the end of the cell, or take this one away";
            return Err(IntakeError::whole(file, "a quote is never closed", cure).at(line, column));
        }
        let mut rows = Vec::new();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter as u8)
            .from_reader(text.as_bytes());
        for record in reader.records() {
            // The text is UTF-8 and rows may have any length: nothing else can be wrong with it.
            let record = record.map_err(|error| {
                IntakeError::whole(&file, format!("this is no CSV: {error}"), "save it as CSV (UTF-8)")
            })?;
            let at = record.position().map_or(0, |position| position.byte() as usize);
            let at = at + text[at..].len() - text[at..].trim_start_matches(['\r', '\n']).len();
            let line = text[..at].matches('\n').count() as u64 + 1;
            rows.push(Row { cells: record.iter().map(str::to_owned).collect(), line, at });
        }
        if rows.is_empty() {
            let cure = "begin it with a line such as name,id,email";
            return Err(IntakeError::whole(file, "the roster is empty", cure).at(1, 1));
        }
        let header = rows.remove(0);
        let roster = RosterFile { file, text, delimiter, header, rows };
        roster.check_lengths()?;
        Ok(roster)
    }

    fn check_lengths(&self) -> Result<(), IntakeError> {
        let wanted = self.header.cells.len();
        let Some(row) = self.rows.iter().find(|row| row.cells.len() != wanted && !row.is_blank()) else {
            return Ok(());
        };
        let own = row.cells.len();
        let message =
            format!("the row has {own} cell{}, the header {wanted}", if own == 1 { "" } else { "s" });
        let delimiter = self.delimiter.escape_debug();
        let cure = match own < wanted {
            true => format!("put a `{delimiter}` for each cell that is empty"),
            false => format!("a cell that holds a `{delimiter}` goes in quotes"),
        };
        Err(self.fault(row, own.min(wanted).saturating_sub(1), &message, &cure))
    }

    /// A mistake in the cell `at` of `row`.
    pub fn fault(&self, row: &Row, at: usize, message: &str, cure: &str) -> IntakeError {
        let (line, column) = self.place(row, at);
        IntakeError::whole(&self.file, message, cure).at(line, column)
    }

    /// Line and column, from 1, where the cell `wanted` of `row` begins.
    fn place(&self, row: &Row, wanted: usize) -> (u64, u64) {
        let (mut line, mut column, mut cell, mut quoted) = (row.line, 1, 0, false);
        for c in self.text[row.at..].chars() {
            if cell == wanted {
                break;
            }
            match c {
                '"' => quoted = !quoted,
                '\n' if !quoted => break,
                _ if c == self.delimiter && !quoted => cell += 1,
                _ => {}
            }
            column += 1;
            if c == '\n' {
                (line, column) = (line + 1, 1);
            }
        }
        (line, column)
    }
}

/// Where in `text` the cell begins whose quote is never closed, in bytes. Only a quote at a cell's begin opens one;
/// two in a quoted cell stand for one.
fn open_quote(text: &str, delimiter: char) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        let begin = at;
        if text[at..].starts_with('"') {
            at += 1;
            loop {
                let Some(quote) = text[at..].find('"') else { return Some(begin) };
                at += quote + 1;
                if !text[at..].starts_with('"') {
                    break;
                }
                at += 1;
            }
        }
        at += text[at..].find([delimiter, '\n', '\r']).map_or_else(|| text.len() - at, |end| end + 1);
    }
    None
}

/// The file's text without a byte order mark.
fn text(path: &Path, file: &str, most: u64) -> Result<String, IntakeError> {
    let cannot = |error: std::io::Error| {
        IntakeError::whole(
            file,
            format!("cannot read the roster: {error}"),
            "name a CSV file that can be read",
        )
    };
    let opened = File::open(path).map_err(cannot)?;
    if !opened.metadata().map_err(cannot)?.is_file() {
        return Err(IntakeError::whole(file, "the roster is no file", "name a CSV file that can be read"));
    }
    let mut raw = Vec::new();
    opened.take(most + 1).read_to_end(&mut raw).map_err(cannot)?;
    if raw.len() as u64 > most {
        let message = format!("the roster is longer than {}", bytes(most));
        return Err(IntakeError::whole(file, message, "name a list of students, one a row"));
    }
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&raw);
    match std::str::from_utf8(raw) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let (line, column) = end_of(&String::from_utf8_lossy(&raw[..error.valid_up_to()]));
            let cure = "save it as CSV UTF-8 (in Excel: Save As, CSV UTF-8)";
            Err(IntakeError::whole(file, "the roster is not UTF-8", cure).at(line, column))
        }
    }
}

/// Line and column, from 1, of what comes behind `before`.
fn end_of(before: &str) -> (u64, u64) {
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) as u64 + 1;
    (line, column)
}
