//! `checker` alone: where am I, and what now?

use std::io::Write;

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::student;

pub fn status(context: &Context) -> Result<Exit, Stop> {
    let progress = context.store.read()?;
    let mut out = std::io::stdout().lock();
    let (done, open) = student::standing(context, &progress)?;
    let all = context.course.exercises.len();
    writeln!(out, "{}: {done} of {all} exercises done", context.course.title)?;
    match open {
        None => writeln!(out, "\nThat is all of them. Well done!")?,
        Some(exercise) => {
            let folder = exercise.file.parent().unwrap_or(&exercise.file).to_path_buf();
            writeln!(out, "\nNext: {}, {}", exercise.name, exercise.title)?;
            writeln!(out, "  read   {}", folder.join("README.md").display())?;
            for program in &exercise.programs {
                writeln!(out, "  write  {}", folder.join(&program.source).display())?;
            }
            writeln!(out, "  prove  checker next")?;
            writeln!(out, "\n`checker list` shows all exercises, `checker --help` all commands.")?;
        }
    }
    Ok(Exit::Passed)
}
