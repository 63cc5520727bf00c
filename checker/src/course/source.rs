//! A file's text, the places in it, and the faults found so far.

use std::cell::RefCell;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::DeTable;

use super::problem::{Place, Problem, Problems};

/// The longest file that is read, in bytes.
const LONGEST: usize = 256 * 1024;
/// Faults of one file that are told. Each shows its line, and a line may be the whole file.
const MOST: usize = 100;

/// A file of the course and its text.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Relative to the course's root.
    pub file: PathBuf,
    pub text: String,
    /// Where its lines end.
    ends: Vec<usize>,
}

impl Source {
    pub fn new(file: PathBuf, text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Source { file, text, ends }
    }

    /// Reads `root`/`file`. A file that is not there, or is not UTF-8, is a problem without a place.
    pub fn read(root: &Path, file: PathBuf) -> Result<Self, Problem> {
        match fs::read_to_string(root.join(&file)) {
            Ok(text) if text.len() > LONGEST => {
                let message = format!("the file is longer than {} KiB", LONGEST / 1024);
                Err(Problem::of_file(file, message, "make the exercise smaller, or two of it"))
            }
            Ok(text) => Ok(Source::new(file, text)),
            Err(error) => {
                let message = format!("cannot read the file: {error}");
                Err(Problem::of_file(file, message, "it is part of the course; restore it, or write it"))
            }
        }
    }

    /// The tree of the file's values; a syntax error is a problem of its own.
    pub fn parse(&self) -> Result<Spanned<DeTable<'_>>, Problem> {
        DeTable::parse(&self.text).map_err(|error| Problem {
            file: self.file.clone(),
            place: Some(self.place(&error.span().unwrap_or(0..0))),
            message: format!("this is not TOML: {}", error.message()),
            cure: None,
        })
    }

    /// A fault of the bytes `span`.
    fn problem(&self, span: &Range<usize>, message: String, cure: Option<String>) -> Problem {
        Problem { file: self.file.clone(), place: Some(self.place(span)), message, cure }
    }

    /// The line, from 1, in which the byte at `offset` stands.
    pub fn line(&self, offset: usize) -> u32 {
        self.ends.partition_point(|end| *end < offset) as u32 + 1
    }

    /// The last beginning of a character at or before `offset`.
    fn boundary(&self, offset: usize) -> usize {
        (0..=offset.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
    }

    /// The place of the bytes `span`, cut at the end of its first line.
    pub fn place(&self, span: &Range<usize>) -> Place {
        let from = self.boundary(span.start);
        let start = self.text[..from].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[from..].find('\n').map_or(self.text.len(), |at| from + at);
        let to = self.boundary(span.end.clamp(from, end));
        Place {
            line: self.line(from),
            column: self.text[start..from].chars().count() as u32 + 1,
            text: self.text[start..end].trim_end_matches('\r').to_owned(),
            length: self.text[from..to].chars().count().max(1) as u32,
        }
    }
}

/// Collects the faults of one file.
pub(super) struct Report<'t> {
    pub source: &'t Source,
    problems: RefCell<Vec<Problem>>,
    /// Faults beyond those, and where the first of them is.
    untold: RefCell<Option<(Range<usize>, usize)>>,
}

impl<'t> Report<'t> {
    pub fn new(source: &'t Source) -> Self {
        Report { source, problems: RefCell::default(), untold: RefCell::default() }
    }

    /// A fault of the bytes `span` without an advice.
    pub fn fault(&self, span: &Range<usize>, message: impl Into<String>) {
        self.fault_with(span, message, None);
    }

    /// A fault of the bytes `span`, and its cure where there is one.
    pub fn fault_with(
        &self,
        span: &Range<usize>,
        message: impl Into<String>,
        cure: impl Into<Option<String>>,
    ) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() >= MOST {
            self.untold.borrow_mut().get_or_insert((span.clone(), 0)).1 += 1;
            return;
        }
        problems.push(self.source.problem(span, message.into(), cure.into()));
    }

    /// How many faults were found so far.
    pub fn count(&self) -> usize {
        self.problems.borrow().len() + self.untold.borrow().as_ref().map_or(0, |(_, more)| *more)
    }

    pub fn into_problems(self) -> Problems {
        let mut problems = self.problems.into_inner();
        if let Some((span, more)) = self.untold.into_inner() {
            let message = format!("and {more} more faults, of which the first is here");
            problems.push(self.source.problem(&span, message, Some("mend the others first".into())));
        }
        Problems::sorted(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_stay_in_their_line() {
        let source = Source::new("a.toml".into(), "一 = 1\r\n二三 = [\r\n]\n".into());
        let at = source.text.find('[').unwrap();
        let place = source.place(&(at..source.text.len()));
        assert_eq!((place.line, place.column, place.text.as_str()), (2, 6, "二三 = ["));
        assert_eq!(source.place(&(0..3)).length, 1);
        let end = source.place(&(99..120));
        assert_eq!((end.line, end.column, end.length, end.text.as_str()), (4, 1, 1, ""));
    }

    #[test]
    fn a_syntax_error_has_its_place() {
        let source = Source::new("a.toml".into(), "a = 1\nb = [1 2]\n".into());
        let problem = source.parse().unwrap_err();
        assert_eq!(problem.line(), 2);
        assert!(problem.message.starts_with("this is not TOML: "), "{problem}");
    }
}
