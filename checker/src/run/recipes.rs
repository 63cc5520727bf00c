//! What is compiled for a job.

use crate::build::builder::BuildRecipe;
use crate::course::Course;
use crate::plan::Job;

/// How each of the programs is compiled that the job's scenarios start.
pub fn recipes(course: &Course, job: &Job) -> Vec<BuildRecipe> {
    let recipe = |program: &crate::course::Program| BuildRecipe {
        root: job.root(&course.root).to_owned(),
        folder: job.folder.clone(),
        package: job.exercise.package.clone(),
        program: program.name.clone(),
        main: program.source.clone(),
    };
    job.programs().map(recipe).collect()
}
