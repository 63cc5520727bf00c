//! What the instructor's commands share: the course's exercises, the intake, files written whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::context::{Context, processors};
use super::exit::Stop;
use super::instructor::Sources;
use super::live_line::Shared;
use crate::course::Exercise;
use crate::report::grades::{CourseInfo, ExerciseInfo};
use crate::submission::{Intake, Limits, Request};

/// All exercises of the course, every fault of which is told at once.
pub fn exercises(context: &Context) -> Result<Vec<Arc<Exercise>>, Stop> {
    let all = context.course.load_all().map_err(Stop::usage)?;
    Ok(all.into_iter().map(Arc::new).collect())
}

/// Looks through all that was named. `grades` is where they go: what has to be unpacked for a moment is put on
/// the same disk, in files without a name.
/// The line on the terminal tells how far it is.
pub fn intake(
    sources: &Sources,
    exercises: &[Arc<Exercise>],
    grades: Option<&Path>,
    live: &Shared,
) -> Result<Intake, Stop> {
    let exercises = exercises.iter().map(|exercise| {
        let sources = exercise.programs.iter().map(|program| program.source.display().to_string());
        (exercise.name.clone(), sources.collect())
    });
    let request = Request {
        sources: sources.submissions.clone(),
        pattern: sources.pattern.clone(),
        roster: sources.roster.clone(),
        exercises: exercises.collect(),
        limits: Limits::default(),
        scratch: grades.and_then(existing),
        grades: grades.map(Path::to_path_buf),
        threads: processors(),
    };
    // A large archive is unpacked before anything in it can be counted.
    live.line().say("opening the submissions");
    let intake = request.discover(&|done, of| live.count("reading submissions", done, of));
    live.line().clear();
    intake.map_err(Stop::usage)
}

/// The folder, or the nearest one above it that is there.
fn existing(folder: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(folder).ok()?;
    whole.ancestors().find(|folder| folder.is_dir()).map(Path::to_path_buf)
}

pub fn course_info(title: &str, exercises: &[Arc<Exercise>]) -> CourseInfo {
    let exercises = exercises.iter().map(|exercise| ExerciseInfo {
        name: exercise.name.clone(),
        title: exercise.title.clone(),
        points: exercise.points(),
    });
    CourseInfo { title: title.to_owned(), exercises: exercises.collect() }
}

/// Writes a file whole, or leaves what was there, as it does where that is the same. What is left beside it by whoever was killed in between is
/// taken by the next one.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let next = folder.join(format!(".{name}.new"));
    let put = || {
        if fs::read(path).is_ok_and(|there| there == bytes) {
            return fs::remove_file(&next).or_else(absent);
        }
        fs::create_dir_all(folder)?;
        fs::write(&next, bytes)?;
        fs::rename(&next, path)
    };
    put().map_err(|error: io::Error| {
        Stop::fault(format!(
            "{}: {error}; see that it can be written and that there is space",
            path.display()
        ))
    })
}

/// What is not there need not be removed.
fn absent(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
