//! `checker reset EX`: the starter again; nothing is lost.

use std::io::Write;

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::progress::work;

pub fn reset(context: &Context, asked: &str) -> Result<Exit, Stop> {
    let exercise = context.course.exercise(&context.resolve(asked)?).map_err(Stop::usage)?;
    let starter = context.course.starter(&exercise).map_err(Stop::usage)?.join("src");
    let backup = work::replace(&exercise.dir, &starter, &context.store.backups())?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} is as it was at the beginning.", exercise.name)?;
    writeln!(out, "Your own work is kept in {}.", backup.display())?;
    Ok(Exit::Passed)
}
