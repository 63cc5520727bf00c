//! Who is measured, as data.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use crate::edit::{Edited, Marks};
use crate::files::{self, failed};
use crate::stopwatch::{Lap, Stopwatch};

/// One command, with what comes before it and must hold after it.
#[derive(Debug, Default)]
pub struct Run {
    pub argv: Vec<OsString>,
    /// The working folder.
    pub folder: PathBuf,
    /// Saved before, with a change that was never there.
    pub edited: Option<Edited>,
    /// Put back before: a record that the last run has changed.
    pub restored: Option<(PathBuf, Vec<u8>)>,
    /// Holds the edit's mark afterwards: so it was compiled.
    pub product: Option<PathBuf>,
    /// Must stand in what it prints on stdout.
    pub says: Option<String>,
}

impl Run {
    /// A command in a folder, and nothing else.
    pub fn new<const N: usize>(folder: impl Into<PathBuf>, argv: [OsString; N]) -> Self {
        Run { argv: argv.into(), folder: folder.into(), ..Run::default() }
    }

    /// Prepares, measures, and looks at what came out.
    ///
    /// # Errors
    /// It did not exit with 0, or not do what it was measured for; with its output.
    pub fn once(&self, stopwatch: &Stopwatch, marks: &mut Marks) -> Result<Lap, String> {
        if let Some((path, content)) = &self.restored {
            files::write(path, content)?;
        }
        let mark = marks.next();
        if let Some(edited) = &self.edited {
            edited.save(&mark)?;
        }
        let lap = stopwatch.time(self)?;
        if let Some(words) = self.says.as_ref().filter(|words| !lap.stdout.contains(*words)) {
            return Err(format!("{} does not say {words:?}\n{}", self.shown(), lap.stdout));
        }
        if let Some(product) = &self.product {
            let bytes = fs::read(product).map_err(failed("reading", product))?;
            if !bytes.windows(mark.len()).any(|window| window == mark.as_bytes()) {
                return Err(format!("{} did not compile the edit into {}", self.shown(), product.display()));
            }
        }
        Ok(lap)
    }

    pub fn shown(&self) -> String {
        let words: Vec<_> = self.argv.iter().map(|word| word.to_string_lossy()).collect();
        format!("`{}` in {}", words.join(" "), self.folder.display())
    }
}

/// What a contestant is measured for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// From a save to the end: the verdict, or the binary.
    Save,
    /// The same, by a checker that tells how long its phases took.
    Phases,
    /// Again, when nothing has changed.
    Unchanged,
}

/// One of those who take turns.
#[derive(Debug)]
pub struct Contestant {
    pub name: String,
    pub role: Role,
    pub run: Run,
}
