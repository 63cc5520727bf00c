//! A CSV file of the instructor's, of which single cells are replaced and every other byte stays.

use std::ops::Range;
use std::path::Path;

use super::cell;
use super::clean;
use super::error::FormatError;
use super::options::GivenFile;

/// So many of a file's headers are listed in an error, and so many characters of each.
const LISTED: usize = 40;
const LISTED_CHARACTERS: usize = 60;

/// A file cut into cells.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    path: &'a Path,
    text: &'a str,
    delimiter: char,
    /// The first is the header; blank lines are left out.
    rows: Vec<Row>,
    edits: Vec<(Range<usize>, String)>,
}

/// A line of cells, each as its bytes in the file, with its quotes.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// From 1; where it begins.
    pub line: u64,
    cells: Vec<Range<usize>>,
}

impl<'a> Sheet<'a> {
    /// Cuts `file` up. Its delimiter is the comma, the semicolon or the tab, whichever its header has most of.
    pub fn parse(file: &'a GivenFile) -> Result<Self, FormatError> {
        let path = file.path.as_path();
        let whole = text(file)?;
        let body = whole.strip_prefix('\u{feff}').unwrap_or(whole);
        let delimiter = delimiter(body);
        let mut cutter = Cutter { text: whole, delimiter, at: whole.len() - body.len(), line: 1 };
        let mut rows = Vec::new();
        while let Some(row) = cutter.row(path)? {
            let blank = row.cells.iter().all(|cell| whole[cell.clone()].trim().is_empty());
            if !blank {
                rows.push(row);
            }
        }
        if rows.is_empty() {
            return Err(FormatError::file(path, None, "the file is empty", "download it again"));
        }
        Ok(Sheet { path, text: whole, delimiter, rows, edits: Vec::new() })
    }

    /// The rows below the header.
    pub fn rows(&self) -> Vec<Row> {
        self.rows.iter().skip(1).cloned().collect()
    }

    /// The header's cells.
    pub fn headers(&self) -> Vec<String> {
        self.rows.first().map_or_else(Vec::new, |row| self.cells(row))
    }

    /// The place of the column called `name`; blanks around it don't matter.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.headers().iter().position(|header| header.trim() == name.trim())
    }

    /// The headers, for an error: `` `a`, `b` ``.
    pub fn listed(&self) -> String {
        let headers = self.headers();
        let shown = headers
            .iter()
            .take(LISTED)
            .map(|header| format!("`{}`", clean::cut(&clean::line(header), LISTED_CHARACTERS)));
        let mut listed: Vec<String> = shown.collect();
        if headers.len() > LISTED {
            listed.push("…".to_owned());
        }
        listed.join(", ")
    }

    fn cells(&self, row: &Row) -> Vec<String> {
        (0..row.cells.len()).map(|column| self.cell(row, column)).collect()
    }

    /// What a cell says, without its quotes; nothing where the row is too short.
    pub fn cell(&self, row: &Row, column: usize) -> String {
        let Some(range) = row.cells.get(column) else { return String::new() };
        let raw = &self.text[range.clone()];
        match raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')) {
            Some(inner) => inner.replace("\"\"", "\""),
            None => raw.to_owned(),
        }
    }

    /// Puts `text` in the place of a cell.
    pub fn replace(&mut self, row: &Row, column: usize, text: &str) -> Result<(), FormatError> {
        let Some(range) = row.cells.get(column) else {
            return Err(self.fault(
                row,
                "the row has fewer cells than the header",
                "download the file again",
            ));
        };
        let was_quoted = self.text[range.clone()].starts_with('"');
        let text = if was_quoted { cell::always_quoted(text) } else { cell::quoted(text, self.delimiter) };
        self.edits.push((range.clone(), text));
        Ok(())
    }

    /// An error in `row`.
    pub fn fault(&self, row: &Row, what: impl Into<String>, cure: impl Into<String>) -> FormatError {
        FormatError::file(self.path, Some(row.line), what, cure)
    }

    /// An error in the header.
    pub fn header_fault(&self, what: impl Into<String>, cure: impl Into<String>) -> FormatError {
        let line = self.rows.first().map(|row| row.line);
        FormatError::file(self.path, line, what, cure)
    }

    /// The file with what was replaced.
    pub fn finish(mut self) -> Vec<u8> {
        self.edits.sort_by_key(|(range, _)| range.start);
        let (mut out, mut at) = (String::with_capacity(self.text.len()), 0);
        for (range, text) in &self.edits {
            out.push_str(&self.text[at..range.start]);
            out.push_str(text);
            at = range.end;
        }
        out.push_str(&self.text[at..]);
        out.into_bytes()
    }
}

/// The file as text, or what it is instead.
fn text(file: &GivenFile) -> Result<&str, FormatError> {
    let other = |what: &str| {
        let cure = "export it as CSV in UTF-8, and don't save it from a spreadsheet in between";
        FormatError::file(&file.path, None, what, cure)
    };
    match file.bytes.as_slice() {
        [b'P', b'K', 3, 4, ..] => Err(other("this is a zip or a spreadsheet, not CSV")),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(other("the file is in UTF-16")),
        bytes => std::str::from_utf8(bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
            other(&format!("the file is not in UTF-8, from line {line} on"))
        }),
    }
}

fn delimiter(body: &str) -> char {
    let (mut quoted, mut counts) = (false, [(',', 0), (';', 0), ('\t', 0)]);
    for c in body.chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted && counts.iter().any(|(_, count)| *count > 0) => break,
            c if !quoted => counts.iter_mut().filter(|(one, _)| *one == c).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    // The comma, where they are equal.
    counts.iter().find(|(_, count)| *count == most).map_or(',', |(one, _)| *one)
}

struct Cutter<'a> {
    text: &'a str,
    delimiter: char,
    /// Bytes before what is not cut yet.
    at: usize,
    line: u64,
}

impl Cutter<'_> {
    /// The next line's cells, and past its end; None at the end of the file.
    fn row(&mut self, path: &Path) -> Result<Option<Row>, FormatError> {
        if self.at == self.text.len() {
            return Ok(None);
        }
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            let begin = self.at;
            self.skip_cell(path)?;
            cells.push(begin..self.at);
            let rest = &self.text[self.at..];
            if rest.starts_with(self.delimiter) {
                self.at += self.delimiter.len_utf8();
                continue;
            }
            let end = if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) };
            self.at += end;
            self.line += 1;
            return Ok(Some(Row { line, cells }));
        }
    }

    fn skip_cell(&mut self, path: &Path) -> Result<(), FormatError> {
        let begin = self.line;
        if self.text[self.at..].starts_with('"') {
            self.at += 1;
            loop {
                let rest = &self.text[self.at..];
                let Some(quote) = rest.find('"') else {
                    let cure = "download the file again: a part of it is missing";
                    return Err(FormatError::file(path, Some(begin), "a quote is never closed", cure));
                };
                self.line += rest[..quote].matches('\n').count() as u64;
                self.at += quote + 1;
                if !self.text[self.at..].starts_with('"') {
                    break;
                }
                self.at += 1;
            }
        }
        let rest = &self.text[self.at..];
        self.at += rest.find([self.delimiter, '\n', '\r']).unwrap_or(rest.len());
        Ok(())
    }
}
