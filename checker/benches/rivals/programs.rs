//! All programs of the course: of the solutions, starters, variants and mistakes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use checker::course::{Course, Exercise};

use crate::files;

/// One crate to be compiled.
#[derive(Debug, Clone)]
pub struct Unit {
    /// As the compiler calls it.
    pub name: String,
    pub is_library: bool,
    /// Absolute.
    pub main: PathBuf,
    /// The package's name: that of its library, if there is one.
    pub package: String,
    /// The library that it needs, by its place in [`Programs::libraries`].
    pub library: Option<usize>,
}

#[derive(Debug, Default)]
pub struct Programs {
    pub libraries: Vec<Unit>,
    pub binaries: Vec<Unit>,
    /// Libraries and binaries by what they are made from.
    known: BTreeMap<Vec<u8>, usize>,
    /// Whether what is made from the same text is made once.
    distinct: bool,
    /// Whether some may not compile.
    pub may_fail: bool,
}

impl Programs {
    /// Every program that `checker verify` proves of these exercises. Mistakes are put together below `staging`.
    pub fn of_course(root: &Path, names: &[String], staging: &Path, distinct: bool) -> Result<Self, String> {
        files::fresh(staging)?;
        let course = Course::open(root).map_err(|error| error.to_string())?;
        let mut programs = Programs { distinct, ..Programs::default() };
        for name in names {
            let exercise = course.exercise(name).map_err(|error| error.to_string())?;
            let solution = course.solution(&exercise).map_err(|error| error.to_string())?;
            let starter = course.starter(&exercise).map_err(|error| error.to_string())?;
            programs.add(&exercise, &solution.dir)?;
            programs.add(&exercise, &starter)?;
            for variant in &solution.variants {
                programs.add(&exercise, variant)?;
            }
            for (number, mistake) in solution.mistakes.iter().enumerate() {
                let folder = staging.join(&exercise.name).join(number.to_string());
                files::copy(&solution.dir.join("src"), &folder.join("src"))?;
                files::write(&folder.join(&mistake.replaces), files::read(&mistake.file)?)?;
                programs.add(&exercise, &folder)?;
            }
        }
        Ok(programs)
    }

    /// Every program that the students of a class have handed in, a folder each below `class`. What does not
    /// compile is compiled too.
    pub fn of_class(root: &Path, names: &[String], class: &Path, distinct: bool) -> Result<Self, String> {
        let course = Course::open(root).map_err(|error| error.to_string())?;
        let mut programs = Programs { distinct, may_fail: true, ..Programs::default() };
        let students = std::fs::read_dir(class).map_err(files::failed("reading", class))?;
        let mut students: Vec<PathBuf> = students.flatten().map(|student| student.path()).collect();
        students.sort();
        for name in names {
            let exercise = course.exercise(name).map_err(|error| error.to_string())?;
            let whole = |folder: &PathBuf| {
                exercise.programs.iter().all(|program| folder.join(&program.source).is_file())
            };
            for folder in students.iter().map(|student| student.join(name)).filter(whole) {
                programs.add(&exercise, &folder)?;
            }
        }
        Ok(programs)
    }

    /// The programs of the reference solutions alone.
    pub fn of_solutions(root: &Path) -> Result<Self, String> {
        let course = Course::open(root).map_err(|error| error.to_string())?;
        let mut programs = Programs::default();
        for exercise in course.load_all().map_err(|error| error.to_string())? {
            programs.add(&exercise, &root.join("solutions").join(&exercise.name))?;
        }
        Ok(programs)
    }

    /// Adds the programs of the crate in `folder`.
    fn add(&mut self, exercise: &Exercise, folder: &Path) -> Result<(), String> {
        let mains: Vec<PathBuf> =
            exercise.programs.iter().map(|program| folder.join(&program.source)).collect();
        let mut sources = Vec::new();
        collect(&folder.join("src"), &mut sources)?;
        let shared: Vec<&PathBuf> = sources.iter().filter(|file| !mains.contains(file)).collect();
        let package = &exercise.package;
        let unit = |name: &str, main: PathBuf, library: Option<usize>, is_library| Unit {
            name: name.to_owned(),
            is_library,
            main,
            package: package.clone(),
            library,
        };
        let root = folder.join("src/lib.rs");
        let mut library = None;
        if root.is_file() {
            let key = self.key(package, folder, &shared)?;
            library = Some(place(&mut self.libraries, &mut self.known, key, unit(package, root, None, true)));
        }
        for (program, main) in exercise.programs.iter().zip(mains) {
            let mut files = shared.clone();
            files.push(&main);
            let key = self.key(&format!("{package} {}", program.name), folder, &files)?;
            let unit = unit(&program.name, main.clone(), library, false);
            place(&mut self.binaries, &mut self.known, key, unit);
        }
        Ok(())
    }

    /// What a crate is made from: its name, and all files. Of no other crate, where each is made by itself.
    fn key(&self, name: &str, folder: &Path, files: &[&PathBuf]) -> Result<Vec<u8>, String> {
        let mut key = name.as_bytes().to_vec();
        if !self.distinct {
            key.extend(folder.as_os_str().as_encoded_bytes());
            return Ok(key);
        }
        for file in files {
            let shown = file.strip_prefix(folder).unwrap_or(file);
            key.extend(format!("\n{}\n{}", shown.display(), files::read(file)?).into_bytes());
        }
        Ok(key)
    }
}

/// The place in `units` of what has this key; put there if it is new.
fn place(units: &mut Vec<Unit>, known: &mut BTreeMap<Vec<u8>, usize>, key: Vec<u8>, unit: Unit) -> usize {
    *known.entry(key).or_insert_with(|| {
        units.push(unit);
        units.len() - 1
    })
}

/// All files below a folder, sorted.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in std::fs::read_dir(folder).map_err(files::failed("reading", folder))? {
        let path = entry.map_err(files::failed("reading", folder))?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    files.sort();
    Ok(())
}
