//! `checker hint [EX]`: one more each time.

use std::io::Write;

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::student;
use crate::report::terminal::paragraph;

pub fn hint(context: &Context, asked: Option<&str>) -> Result<Exit, Stop> {
    let progress = context.store.read()?;
    let mut out = std::io::stdout().lock();
    let exercise = match asked {
        Some(asked) => context.course.exercise(&context.resolve(asked)?).map_err(Stop::usage)?,
        None => match student::first_open(context, &progress)? {
            Some(exercise) => exercise,
            None => {
                writeln!(out, "All exercises are done: name the one whose hints you want to see.")?;
                return Ok(Exit::Passed);
            }
        },
    };
    let all = exercise.hints.len();
    let seen = progress.entry(&exercise.name).hints_seen.saturating_add(1).min(all);
    for (index, hint) in exercise.hints[..seen].iter().enumerate() {
        writeln!(out, "{}, hint {} of {all}:", exercise.name, index + 1)?;
        writeln!(out, "{}", paragraph(hint, context.look))?;
    }
    if seen < all {
        writeln!(out, "Ask again for a more direct one.")?;
    } else {
        writeln!(
            out,
            "That is all. `checker solution {:02}` shows the reference when asked twice.",
            exercise.number
        )?;
    }
    context.store.update(&exercise.name, |entry| entry.hints_seen = seen)?;
    Ok(Exit::Passed)
}
