//! A small course in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Checked;

/// The program of an exercise that nobody runs.
pub const IDLE: &str = "fn main() {}\n";
/// The address of most scenarios: five digits, as all ports that may stand in its place on rung 0.
pub const ADDR: &str = "127.0.0.1:21001";

/// A course that is written file by file; gone when it is dropped.
pub struct Mini {
    root: TempDir,
    exercises: Vec<String>,
    limits: String,
}

impl Mini {
    /// A course without exercises.
    pub fn new() -> Self {
        let root = tempfile::Builder::new().prefix("mini-").tempdir().unwrap();
        Mini { root, exercises: Vec::new(), limits: String::new() }
    }

    /// A course with one exercise, `01_demo`, one scenario and the student's `src/main.rs`.
    pub fn demo(source: &str, steps: &str) -> Self {
        Self::new().exercise("01_demo", &exercise_toml("demo", steps)).source("01_demo", source)
    }

    /// Lines of the table `[limits]`.
    pub fn limits(mut self, lines: &str) -> Self {
        self.limits = lines.to_owned();
        self.write_course()
    }

    /// An exercise with its `exercise.toml` and what to read, and no sources yet.
    pub fn exercise(mut self, name: &str, toml: &str) -> Self {
        self.exercises.push(name.to_owned());
        self.file(&format!("exercises/{name}/exercise.toml"), toml)
            .file(&format!("exercises/{name}/README.md"), "# What to do\n")
            .file(&format!("exercises/{name}/README.zh.md"), "# 要做什么\n")
            .write_course()
    }

    fn write_course(self) -> Self {
        let (exercises, limits) = (&self.exercises, &self.limits);
        let course = format!("title = \"A mini course\"\nexercises = {exercises:?}\n\n[limits]\n{limits}\n");
        self.file("course.toml", &course)
    }

    /// The student's `src/main.rs`.
    pub fn source(self, exercise: &str, text: &str) -> Self {
        self.file(&format!("exercises/{exercise}/src/main.rs"), text)
    }

    pub fn solution(self, exercise: &str, text: &str) -> Self {
        self.file(&format!("solutions/{exercise}/src/main.rs"), text)
    }

    pub fn starter(self, exercise: &str, text: &str) -> Self {
        self.file(&format!("solutions/{exercise}/starter/src/main.rs"), text)
    }

    /// One more mistake of `src/main.rs`, which `scenario` must catch with `finding`.
    pub fn mistake(self, exercise: &str, file: &str, text: &str, scenario: &str, finding: &str) -> Self {
        let folder = format!("solutions/{exercise}/mistakes");
        let list = self.path().join(&folder).join("mistakes.toml");
        let before = fs::read_to_string(list).unwrap_or_default();
        let entry = format!(
            "[[mistake]]\nfile = {file:?}\nreplaces = \"src/main.rs\"\nsays = \"it is wrong\"\n\
             scenario = {scenario:?}\nfinding = {finding:?}\n"
        );
        self.file(&format!("{folder}/{file}"), text)
            .file(&format!("{folder}/mistakes.toml"), format!("{before}{entry}"))
    }

    /// Any file, below the course's folder.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// The same, in the middle of a test.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub fn path(&self) -> &Path {
        self.root.path()
    }

    /// The checker, about to be run in this course.
    pub fn checker<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Checked {
        Checked::new(args).current_dir(self.path())
    }
}

/// An exercise with one program, named `program`, and one scenario, named `it works`.
pub fn exercise_toml(program: &str, steps: &str) -> String {
    format!(
        "title = \"An exercise\"\nprograms = [{program:?}]\naddr = \"{ADDR}\"\nhints = [\"look\", \"think\", \"write\"]\n\n\
         [[scenario]]\nname = \"it works\"\ndeadline_s = 1\nsteps = [\n{}\n]\n",
        steps.trim_matches('\n')
    )
}

/// Where all tests' programs are compiled to: binaries are found by what they were made from, so that
/// each is compiled once, and a stale one can't be met.
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs")
}
