//! `grades.jsonl`: the records on the disk, and who may write them.
//!
//! While a class is graded, a line is added for each submission as it ends: one write, then a sync. Of two
//! lines of the same student the later one holds. When all is done the file is written anew with one line
//! a student, and takes the old one's place at once. Whatever ends the grader in between, what was written is
//! there, and half a line is cut off by the next one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

use crate::course::Exercise;
use crate::gradebook::record::{ExerciseGrade, ExerciseStatus, Record};
use crate::report::grades::FormatError;
use crate::report::grades::jsonl::{Records, Tail, line};

/// The file's name.
pub const FILE: &str = "grades.jsonl";
const LOCK: &str = ".lock";

/// The records of a folder, open to be added to. Nobody else can have them open at the same time.
#[derive(Debug)]
pub struct Ledger {
    folder: PathBuf,
    file: File,
    /// By the student's key.
    latest: BTreeMap<String, Record>,
    /// The keys of the file's lines.
    lines: Vec<String>,
    /// Held until the ledger goes.
    _lock: Flock<File>,
}

/// Why records can't be read or written.
#[derive(Debug)]
pub enum LedgerError {
    /// Another grader is at work in the folder.
    Busy(PathBuf),
    /// What is there is not a file of records.
    Format(FormatError),
    /// The machine's trouble.
    Io(PathBuf, io::Error),
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LedgerError::Busy(folder) => write!(
                f,
                "{}: another `checker grade` is at work there; wait for it, or grade into another folder",
                folder.display()
            ),
            LedgerError::Format(error) => error.fmt(f),
            LedgerError::Io(path, error) => {
                write!(f, "{}: {error}; see that it can be written and that there is space", path.display())
            }
        }
    }
}

impl From<FormatError> for LedgerError {
    fn from(error: FormatError) -> Self {
        LedgerError::Format(error)
    }
}

/// The records in the folder, as they hold, in the order of the file; the file is not touched.
///
/// # Errors
/// There are none, or the file can't be read.
pub fn read(folder: &Path) -> Result<Vec<Record>, LedgerError> {
    let path = folder.join(FILE);
    let file = File::open(&path).map_err(|error| LedgerError::Io(path.clone(), error))?;
    let mut records: Vec<Option<Record>> = Vec::new();
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    for record in Records::new(BufReader::new(file), &path) {
        let record = record?;
        if let Some(before) = last.insert(record.student.key.clone(), records.len()) {
            records[before] = None;
        }
        records.push(Some(record));
    }
    Ok(records.into_iter().flatten().collect())
}

impl Ledger {
    /// Opens the records in `folder`, which must be there; cuts off half a last line.
    ///
    /// # Errors
    /// See [`LedgerError`].
    pub fn open(folder: &Path) -> Result<Self, LedgerError> {
        let trouble = |path: &Path| {
            let path = path.to_owned();
            move |error| LedgerError::Io(path, error)
        };
        let lock = folder.join(LOCK);
        let options = OpenOptions::new().create(true).truncate(false).write(true).clone();
        let held = options.open(&lock).map_err(trouble(&lock))?;
        let held = Flock::lock(held, FlockArg::LockExclusiveNonblock).map_err(|(_, errno)| match errno {
            Errno::EWOULDBLOCK => LedgerError::Busy(folder.to_owned()),
            errno => LedgerError::Io(lock.clone(), errno.into()),
        })?;
        let path = folder.join(FILE);
        let file = OpenOptions::new().create(true).append(true).read(true).open(&path);
        let mut ledger = Ledger {
            folder: folder.to_owned(),
            file: file.map_err(trouble(&path))?,
            latest: BTreeMap::new(),
            lines: Vec::new(),
            _lock: held,
        };
        let tail = ledger.take_in(&path)?;
        ledger.mend(tail).map_err(trouble(&path))?;
        Ok(ledger)
    }

    fn take_in(&mut self, path: &Path) -> Result<Tail, LedgerError> {
        let file = File::open(path).map_err(|error| LedgerError::Io(path.to_owned(), error))?;
        let mut records = Records::new(BufReader::new(file), path);
        for record in &mut records {
            self.note(record?);
        }
        Ok(records.tail())
    }

    fn mend(&mut self, tail: Tail) -> io::Result<()> {
        match tail {
            Tail::Whole => return Ok(()),
            Tail::NoLineEnd => self.file.write_all(b"\n")?,
            Tail::Half { at, .. } => self.file.set_len(at)?,
        }
        self.file.sync_data()
    }

    /// The record that holds for a student.
    pub fn get(&self, key: &str) -> Option<&Record> {
        self.latest.get(key)
    }

    /// Adds a record: it is on the disk when this returns.
    ///
    /// # Errors
    /// It is not.
    pub fn add(&mut self, record: Record) -> Result<(), LedgerError> {
        let line = line(&record)?;
        let write = |file: &mut File| {
            file.write_all(line.as_bytes())?;
            file.sync_data()
        };
        write(&mut self.file).map_err(|error| LedgerError::Io(self.folder.join(FILE), error))?;
        self.note(record);
        Ok(())
    }

    /// All records that hold, by the student's key.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.latest.values()
    }

    /// The exercises of which something is on record and that are not among `exercises`, sorted.
    pub fn other_exercises(&self, exercises: &[Arc<Exercise>]) -> BTreeSet<&str> {
        let all = self.records().flat_map(|record| &record.exercises);
        let others = all.filter(|own| is_graded(own) && exercises.iter().all(|one| one.name != own.name));
        others.map(|own| own.name.as_str()).collect()
    }

    /// The keys that are on record and not among `keys`.
    pub fn others(&self, keys: &[String]) -> Vec<String> {
        let keys: BTreeSet<&String> = keys.iter().collect();
        self.latest.keys().filter(|key| !keys.contains(key)).cloned().collect()
    }

    /// Leaves these out when the file is put in order.
    pub fn forget(&mut self, keys: &[String]) {
        for key in keys {
            self.latest.remove(key);
        }
    }

    /// Adds each record anew that `change` makes another one.
    ///
    /// # Errors
    /// One can't be written; those before it stand.
    pub fn revise(&mut self, change: impl Fn(&mut Record)) -> Result<(), LedgerError> {
        let revised = self.records().filter_map(|old| {
            let mut new = old.clone();
            change(&mut new);
            (new != *old).then_some(new)
        });
        revised.collect::<Vec<_>>().into_iter().try_for_each(|record| self.add(record))
    }

    fn note(&mut self, record: Record) {
        self.lines.push(record.student.key.clone());
        self.latest.insert(record.student.key.clone(), record);
    }

    /// Puts the file in order: one line a student, first those in `keys`, then those of earlier runs. All
    /// records, in that order.
    ///
    /// # Errors
    /// The file can't be written; what was there is there still.
    pub fn finish(mut self, keys: &[String]) -> Result<Vec<Record>, LedgerError> {
        let mut records: Vec<Record> = keys.iter().filter_map(|key| self.latest.remove(key)).collect();
        records.extend(std::mem::take(&mut self.latest).into_values());
        if !records.iter().map(|record| &record.student.key).eq(&self.lines) {
            let place = self.folder.join(FILE);
            self.rewrite(&records).map_err(|error| match error {
                LedgerError::Io(_, error) => LedgerError::Io(place, error),
                other => other,
            })?;
        }
        Ok(records)
    }

    fn rewrite(&self, records: &[Record]) -> Result<(), LedgerError> {
        let io = |error| LedgerError::Io(PathBuf::new(), error);
        let next = self.folder.join(".grades.jsonl.new");
        let mut file = io::BufWriter::new(File::create(&next).map_err(io)?);
        for record in records {
            file.write_all(line(record)?.as_bytes()).map_err(io)?;
        }
        let file = file.into_inner().map_err(|error| io(error.into_error()))?;
        file.sync_all().map_err(io)?;
        fs::rename(&next, self.folder.join(FILE)).map_err(io)?;
        File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(io)
    }
}

/// Whether something would be lost with it: a grade, or one that a person has to give.
fn is_graded(exercise: &ExerciseGrade) -> bool {
    match exercise.status {
        ExerciseStatus::Missing => false,
        ExerciseStatus::NotGraded => !exercise.scenarios.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gradebook::record::{SCHEMA, Student};

    fn record(key: &str, points: f64) -> Record {
        Record {
            schema: SCHEMA.to_owned(),
            student: Student { key: key.to_owned(), ..Student::default() },
            points,
            points_possible: 10.0,
            rung: 3,
            ..Record::default()
        }
    }

    fn keys(records: &[Record]) -> Vec<(&str, f64)> {
        records.iter().map(|record| (record.student.key.as_str(), record.points)).collect()
    }

    #[test]
    fn the_later_line_holds_and_in_the_end_there_is_one_each() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path()).unwrap();
        for (key, points) in [("bob", 1.0), ("ann", 2.0), ("old", 3.0), ("bob", 4.0)] {
            ledger.add(record(key, points)).unwrap();
        }
        assert_eq!(ledger.get("bob").unwrap().points, 4.0);
        drop(ledger);
        let lines = || fs::read_to_string(folder.path().join(FILE)).unwrap().lines().count();
        assert_eq!(lines(), 4);
        assert_eq!(keys(&read(folder.path()).unwrap()), [("ann", 2.0), ("old", 3.0), ("bob", 4.0)]);
        let ledger = Ledger::open(folder.path()).unwrap();
        let all = ledger.finish(&["ann".into(), "bob".into()]).unwrap();
        let wanted = [("ann", 2.0), ("bob", 4.0), ("old", 3.0)];
        assert_eq!(keys(&all), wanted);
        assert_eq!((lines(), keys(&read(folder.path()).unwrap())), (3, wanted.to_vec()));
    }

    #[test]
    fn wherever_the_last_line_ends_the_others_are_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let whole = line(&record("ann", 1.0)).unwrap() + &line(&record("学生", 2.0)).unwrap();
        let first = line(&record("ann", 1.0)).unwrap().len();
        for end in 0..=whole.len() {
            fs::write(&path, &whole.as_bytes()[..end]).unwrap();
            let mut ledger = Ledger::open(folder.path()).unwrap();
            let known = usize::from(end + 1 >= first) + usize::from(end + 1 >= whole.len());
            assert_eq!(ledger.latest.len(), known, "cut at {end}");
            ledger.add(record("cyd", 3.0)).unwrap();
            drop(ledger);
            assert_eq!(read(folder.path()).unwrap().len(), known + 1, "cut at {end}");
        }
    }

    #[test]
    fn only_one_may_write() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(folder.path()).unwrap();
        assert!(matches!(Ledger::open(folder.path()), Err(LedgerError::Busy(_))));
        drop(ledger);
        assert!(Ledger::open(folder.path()).is_ok());
    }
}
