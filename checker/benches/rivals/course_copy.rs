//! Copies of the course, to work in.

use std::path::{Path, PathBuf};

use crate::files;
use crate::workshop::Workshop;

/// What stands beside `course.toml`, so that each exercise is the crate that it is in the repository.
const WORKSPACE: &str =
    "[workspace]\nresolver = \"3\"\nmembers = [\"exercises/*\"]\nexclude = [\"solutions\"]\n";

/// A fresh copy of the course, below `courses`, with the starters as the student's work.
pub fn fresh(workshop: &Workshop, name: &str) -> Result<PathBuf, String> {
    let place = workshop.folder.join("courses").join(name);
    files::fresh(&place)?;
    files::write(&place.join("course.toml"), files::read(&workshop.repo.join("course.toml"))?)?;
    files::write(&place.join("Cargo.toml"), WORKSPACE)?;
    files::copy(&workshop.repo.join("solutions"), &place.join("solutions"))?;
    for name in exercises(&place)? {
        let (exercise, own) =
            (workshop.repo.join("exercises").join(&name), place.join("exercises").join(&name));
        files::copy(&exercise, &own)?;
        lay_in(&place.join("solutions").join(&name).join("starter"), &own)?;
    }
    Ok(place)
}

/// The same with the reference solutions as the student's work.
pub fn solved(workshop: &Workshop, name: &str) -> Result<PathBuf, String> {
    let place = fresh(workshop, name)?;
    for name in exercises(&place)? {
        lay_in(&place.join("solutions").join(&name), &place.join("exercises").join(&name))?;
    }
    Ok(place)
}

/// Puts the `src` of one crate in the place of another's.
pub fn lay_in(from: &Path, to: &Path) -> Result<(), String> {
    files::remove(&to.join("src"))?;
    files::copy(&from.join("src"), &to.join("src"))
}

/// The folders' names, in order.
pub fn exercises(place: &Path) -> Result<Vec<String>, String> {
    let course = checker::course::Course::open(place).map_err(|error| error.to_string())?;
    Ok(course.exercises)
}
