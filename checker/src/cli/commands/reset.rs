//! `checker reset EX`: the starter again; nothing is lost.

use std::io::Write;

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::plan::starter_of;
use crate::progress::work;

pub fn reset(context: &Context, asked: &str) -> Result<Exit, Stop> {
    let exercise = context.course.exercise(&context.resolve(asked)?).map_err(Stop::usage)?;
    let starter = starter_of(&context.course, &exercise).join("src");
    if !starter.is_dir() {
        let shown = starter.display();
        return Err(Stop::usage(format!(
            "the course has no starter for {}: {shown} is missing",
            exercise.name
        )));
    }
    let backup = work::replace(&exercise.dir, &starter, &context.store.backups())?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} is as it was at the beginning.", exercise.name)?;
    writeln!(out, "Your own work is kept in {}.", backup.display())?;
    Ok(Exit::Passed)
}
