//! `checker solution EX`: after passing, or asked twice.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::progress::work;

pub fn solution(context: &Context, asked: &str, apply: bool) -> Result<Exit, Stop> {
    let exercise = context.course.exercise(&context.resolve(asked)?).map_err(Stop::usage)?;
    let reference = context.course.solution(&exercise).map_err(Stop::usage)?;
    let mut out = io::stdout().lock();
    let entry = context.store.read()?.entry(&exercise.name);
    if !entry.ever_passed && !entry.solution_asked {
        context.store.update(&exercise.name, |entry| entry.solution_asked = true)?;
        writeln!(
            out,
            "You have not passed {} yet. A solution that you find yourself stays with you;",
            exercise.name
        )?;
        writeln!(
            out,
            "`checker hint {:02}` helps. Ask once more to see the reference all the same.",
            exercise.number
        )?;
        return Ok(Exit::NotPassed);
    }
    if apply {
        let backup = work::replace(&exercise.dir, &reference.dir.join("src"), &context.store.backups())?;
        writeln!(out, "The reference solution is in {} now.", exercise.dir.join("src").display())?;
        writeln!(out, "Your own work is kept in {}.", backup.display())?;
        return Ok(Exit::Passed);
    }
    for path in sources(&reference.dir.join("src"))? {
        let shown = path.strip_prefix(&context.course.root).unwrap_or(&path).display();
        writeln!(out, "// {shown}\n")?;
        writeln!(out, "{}", fs::read_to_string(&path)?.trim_end())?;
    }
    Ok(Exit::Passed)
}

/// Every Rust source below `folder`, by its path. Also what two programs share.
fn sources(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
