//! A copy of the course whose files may be spoilt.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use checker::course::{Course, CourseError, Exercise, Problems};
use tempfile::TempDir;

/// The most processor time that reading the course may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Longer files are not read, in bytes.
const LONGEST: usize = 256 * 1024;
/// What is told of a file's faults stays below that, in bytes.
const MOST_TOLD: usize = 64 << 20;

/// A copy of the real course: its own files whole, programs empty.
pub struct Workshop {
    folder: TempDir,
    pub exercises: Vec<String>,
}

/// The real course.
fn real() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// `exercises/NN_name/exercise.toml`, `solutions/NN_name/mistakes/mistakes.toml`.
pub fn exercise_file(name: &str) -> String {
    format!("exercises/{name}/exercise.toml")
}

pub fn mistakes_file(name: &str) -> String {
    format!("solutions/{name}/mistakes/mistakes.toml")
}

/// The text of a file of the real course.
pub fn text(file: &str) -> String {
    fs::read_to_string(real().join(file)).unwrap()
}

/// What this thread has used so far: unlike the clock, it knows nothing of what else the machine does.
fn processor_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` outlives the call, which writes to it alone.
    let outcome = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    assert_eq!(outcome, 0);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

impl Workshop {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let exercises = Course::open(&real()).unwrap().exercises;
        let workshop = Workshop { folder, exercises };
        workshop.write("course.toml", text("course.toml").as_bytes());
        for name in &workshop.exercises {
            workshop.copy(Path::new(&format!("solutions/{name}")));
            for file in [exercise_file(name), mistakes_file(name)] {
                workshop.write(&file, text(&file).as_bytes());
            }
        }
        workshop
    }

    /// The Rust files below `folder`, without what is in them.
    fn copy(&self, folder: &Path) {
        for entry in fs::read_dir(real().join(folder)).unwrap().flatten() {
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() && entry.file_name() != "target" {
                self.copy(&path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                self.write(path.to_str().unwrap(), b"");
            }
        }
    }

    pub fn write(&self, file: &str, text: &[u8]) {
        let path = self.folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// All that is read of the exercise `name`: the exercise if it is right, and the faults of it or its solution.
    fn read(&self, name: &str) -> (Option<Exercise>, Problems) {
        let began = processor_time();
        let read = match Course::open(self.folder.path()).map(|course| (course.exercise(name), course)) {
            Ok((Ok(exercise), course)) => {
                let faults = course.solution(&exercise).err().unwrap_or_default();
                (Some(exercise), faults)
            }
            Ok((Err(problems), _)) | Err(CourseError::Faulty(problems)) => (None, problems),
            Err(error) => panic!("{error}"),
        };
        let took = processor_time() - began;
        assert!(took < PATIENCE, "it took {took:?}");
        read
    }

    /// Spoils `file` so, reads the exercise `name`, and makes the file whole again. Every fault must lie in it, at
    /// a place that is there.
    pub fn spoil(&self, file: &str, name: &str, spoilt: &[u8]) -> Option<Exercise> {
        self.write(file, spoilt);
        let (exercise, problems) = self.read(name);
        self.write(file, text(file).as_bytes());
        located(&problems, file, spoilt);
        assert!(exercise.is_some() || !problems.0.is_empty());
        exercise
    }
}

/// Each problem of `file` has a place in `spoilt`, unless that cannot be read at all.
fn located(problems: &Problems, file: &str, spoilt: &[u8]) {
    let shown = problems.to_string();
    assert!(shown.len() < MOST_TOLD, "{} bytes are told", shown.len());
    let steers = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{feff}';
    assert!(!shown.lines().any(|line| line.contains(steers)), "{shown:?}");
    assert!(!problems.0.iter().any(|problem| problem.message.contains('\n')), "{shown}");
    let text = std::str::from_utf8(spoilt).ok().filter(|text| text.len() <= LONGEST);
    // What is wrong here may show elsewhere: a source that is missing, a mistake without its scenario.
    for problem in problems.0.iter().filter(|problem| problem.file == Path::new(file)) {
        // The one that is asked for may have gone from the list.
        if text.is_none() || problem.message.starts_with("there is no exercise") {
            continue;
        }
        let place = problem.place.as_ref().unwrap_or_else(|| panic!("no place: {problem}"));
        let line =
            text.unwrap_or_default().split('\n').nth(place.line as usize - 1).expect("the line is there");
        assert_eq!(place.text, line.trim_end_matches('\r'), "{problem}");
        let characters = line.chars().count() as u32;
        assert!((1..=characters + 1).contains(&place.column), "{problem}");
        let last = place.column + place.length - 1;
        assert!(place.length >= 1 && last <= characters.max(place.column), "{problem}");
    }
}

#[test]
fn the_course_itself_is_right() {
    let workshop = Workshop::new();
    for name in &workshop.exercises {
        let (exercise, problems) = workshop.read(name);
        assert!(exercise.is_some() && problems.0.is_empty(), "{problems}");
    }
}
