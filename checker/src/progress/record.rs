//! The record itself: `.checker/progress.json`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::file;

/// Digests of what a verdict was about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Basis {
    /// The student's sources.
    pub source: String,
    /// The exercise's checks, the course's limits and the checker's version.
    pub checks: String,
}

/// What is known of one exercise.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    pub basis: Basis,
    /// Digest of what tells, without reading them, that the files behind `basis` are still the same;
    /// empty where that is not known.
    pub stamp: String,
    /// Points of the last complete run, for this basis.
    pub points: u32,
    /// Every scenario passed, for this basis.
    pub passed: bool,
    /// It passed once, with whatever source.
    pub ever_passed: bool,
    pub hints_seen: usize,
    pub solution_asked: bool,
}

/// All exercises, by folder name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// The file's format; 1.
    pub version: u32,
    #[serde(default)]
    pub exercises: BTreeMap<String, Entry>,
}

/// Where a course keeps its progress.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Of the course in `root`. Touches nothing yet.
    pub fn of(root: &Path) -> Self {
        Store { folder: root.join(".checker") }
    }

    /// Copies of students' work that a command has put aside.
    pub fn backups(&self) -> PathBuf {
        self.folder.join("backups")
    }

    /// Verdicts that need not be found again.
    pub(super) fn verdicts(&self) -> PathBuf {
        self.folder.join("verdicts")
    }

    /// The record; an empty one where there is none yet, or where it can't be understood (it is then
    /// put aside by the next [`Store::update`]).
    pub fn read(&self) -> io::Result<Progress> {
        Ok(file::read(&self.folder)?.and_then(|text| parse(&text)).unwrap_or_default())
    }

    /// Changes the record of one exercise. Other checkers wait meanwhile; a crash leaves the old record
    /// or the new one, never half of one.
    pub fn update(&self, exercise: &str, change: impl FnOnce(&mut Entry)) -> io::Result<Entry> {
        self.change(|progress| {
            let entry = progress.exercises.entry(exercise.to_owned()).or_default();
            change(entry);
            entry.clone()
        })
    }

    /// Takes in new stamps of exercises, each with the basis that it stands for; those whose record is of
    /// another basis by now keep theirs.
    pub fn restamp(&self, stamps: &[(String, Basis, String)]) -> io::Result<()> {
        self.change(|progress| {
            for (exercise, basis, stamp) in stamps {
                if let Some(entry) =
                    progress.exercises.get_mut(exercise).filter(|entry| entry.basis == *basis)
                {
                    entry.stamp.clone_from(stamp);
                }
            }
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Progress) -> T) -> io::Result<T> {
        file::locked(&self.folder, || {
            let text = file::read(&self.folder)?;
            let mut progress = match text.as_deref().map(parse) {
                Some(None) => {
                    file::put_aside(&self.folder)?;
                    Progress::default()
                }
                Some(Some(progress)) => progress,
                None => Progress::default(),
            };
            progress.version = 1;
            let changed = change(&mut progress);
            let mut text = serde_json::to_string_pretty(&progress)?;
            text.push('\n');
            file::write(&self.folder, text.as_bytes())?;
            Ok(changed)
        })
    }
}

fn parse(text: &str) -> Option<Progress> {
    serde_json::from_str::<Progress>(text).ok().filter(|progress| progress.version <= 1)
}

impl Progress {
    pub fn entry(&self, exercise: &str) -> Entry {
        self.exercises.get(exercise).cloned().unwrap_or_default()
    }
}

impl Entry {
    /// Whether what is known of it is of this basis: neither source nor checks have changed since. A source without a
    /// digest may be any.
    pub fn is_of(&self, basis: &Basis) -> bool {
        self.basis == *basis && !basis.source.is_empty()
    }

    /// Whether the exercise stands as done: passed, and nothing has changed since.
    pub fn is_done(&self, basis: &Basis) -> bool {
        self.passed && self.is_of(basis)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn basis(source: &str) -> Basis {
        Basis { source: source.into(), checks: "c".into() }
    }

    #[test]
    fn done_holds_while_neither_source_nor_checks_change() {
        let root = tempfile::tempdir().unwrap();
        let store = Store::of(root.path());
        assert_eq!(store.read().unwrap(), Progress::default());
        store
            .update("01_a", |entry| *entry = Entry { basis: basis("s"), passed: true, ..Entry::default() })
            .unwrap();
        let entry = store.read().unwrap().entry("01_a");
        assert!(entry.is_done(&basis("s")) && !entry.is_done(&basis("t")));
        assert!(!entry.is_done(&Basis { checks: "d".into(), ..basis("s") }));
        let unknown = Entry { basis: basis(""), passed: true, ..Entry::default() };
        assert!(!unknown.is_done(&basis("")), "two sources that can't be read need not be the same");
    }

    #[test]
    fn a_new_stamp_is_taken_in_for_the_same_basis_alone() {
        let root = tempfile::tempdir().unwrap();
        let store = Store::of(root.path());
        let entry = Entry { basis: basis("s"), passed: true, stamp: "old".into(), ..Entry::default() };
        for name in ["01_a", "02_b"] {
            store.update(name, |kept| kept.clone_from(&entry)).unwrap();
        }
        let stamps = [("01_a", "s"), ("02_b", "t"), ("03_c", "s")];
        store
            .restamp(&stamps.map(|(name, source)| (name.to_owned(), basis(source), "new".to_owned())))
            .unwrap();
        let progress = store.read().unwrap();
        assert_eq!((&*progress.entry("01_a").stamp, &*progress.entry("02_b").stamp), ("new", "old"));
        assert_eq!(progress.exercises.len(), 2);
    }

    #[test]
    fn many_at_once_lose_nothing() {
        let root = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for n in 0..8 {
                let store = Store::of(root.path());
                scope.spawn(move || {
                    for _ in 0..20 {
                        store.update(&format!("{n}"), |entry| entry.hints_seen += 1).unwrap();
                    }
                });
            }
        });
        let progress = Store::of(root.path()).read().unwrap();
        assert_eq!(progress.exercises.len(), 8);
        assert!(progress.exercises.values().all(|entry| entry.hints_seen == 20));
    }

    #[test]
    fn what_can_not_be_understood_is_put_aside_not_lost() {
        let root = tempfile::tempdir().unwrap();
        let store = Store::of(root.path());
        fs::create_dir(root.path().join(".checker")).unwrap();
        let file = root.path().join(".checker/progress.json");
        fs::write(&file, "{ half").unwrap();
        assert_eq!(store.read().unwrap(), Progress::default());
        assert_eq!(fs::read_to_string(&file).unwrap(), "{ half", "reading changes nothing");
        store.update("a", |entry| entry.passed = true).unwrap();
        assert_eq!(
            fs::read_to_string(root.path().join(".checker/progress.json.unreadable")).unwrap(),
            "{ half"
        );
        assert!(store.read().unwrap().entry("a").passed);
    }
}
