//! `checker list`

use std::io::Write;

use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::student;
use crate::report::json::{self, Listed};

pub fn list(context: &Context, format: Format) -> Result<Exit, Stop> {
    let progress = context.store.read()?;
    let read = context.course.read_all().into_iter();
    let exercises = read.map(|read| read.map_err(Stop::usage)).collect::<Result<Vec<_>, Stop>>()?;
    let listed: Vec<Listed> = exercises
        .iter()
        .map(|exercise| {
            let entry = progress.entry(&exercise.name);
            let was_run = !entry.basis.checks.is_empty();
            let current = was_run && entry.is_of(&student::basis(context, exercise));
            Listed {
                name: &exercise.name,
                title: &exercise.title,
                done: current && entry.passed,
                points: if current { entry.points } else { 0 },
                points_possible: exercise.points(),
                points_before: (was_run && !current).then_some(entry.points),
            }
        })
        .collect();
    let mut out = std::io::stdout().lock();
    if format == Format::Json {
        out.write_all(json::list(&context.course.title, &listed).as_bytes())?;
        return Ok(Exit::Passed);
    }
    let widest = listed.iter().map(|one| one.name.len()).max().unwrap_or(0);
    for one in &listed {
        let mark = match one.points_before {
            _ if one.done => "✓",
            Some(_) => "~",
            None => " ",
        };
        let points = one.points_before.unwrap_or(one.points);
        let points = format!("{points:>2} of {:>2} points", one.points_possible);
        writeln!(out, "{mark} {:<widest$}  {points}  {}", one.name, one.title)?;
    }
    if listed.iter().any(|one| one.points_before.is_some()) {
        writeln!(out, "\n~ changed since its last run, which the points are of")?;
    }
    Ok(Exit::Passed)
}
