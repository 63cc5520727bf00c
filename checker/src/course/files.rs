//! The files that an exercise must bring beside its `exercise.toml`.

use super::course_file::Course;
use super::exercise::Exercise;
use super::problem::Problem;

/// A problem for each file that is not there.
pub(super) fn missing(course: &Course, exercise: &Exercise) -> Vec<Problem> {
    let sources = exercise.programs.iter().map(|program| {
        (
            program.source.clone(),
            format!("write the starter of `{}`: it compiles, with `todo!()`", program.name),
        )
    });
    let readme = ("README.md".into(), "write what the exercise asks for".to_owned());
    sources
        .chain([readme])
        .map(|(file, cure)| (exercise.folder().join(file), cure))
        .filter(|(file, _)| !course.root.join(file).is_file())
        .map(|(file, cure)| Problem::of_file(file, "the file is missing", cure))
        .collect()
}
