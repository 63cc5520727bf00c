//! `checker similar`: submissions that share more than the starter explains.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use crate::cli::class::{exercises, intake, write};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::instructor::SimilarArgs;
use crate::cli::live_line::Shared;
use crate::cli::said;
use crate::course::Exercise;
use crate::similar::{Options, Submission, compare, page, table};
use crate::submission::Found;
use crate::verdict::explain::literal::harmless;

pub fn similar(context: &Context, args: &SimilarArgs) -> Result<Exit, Stop> {
    let exercises = exercises(context)?;
    let intake = intake(&args.sources, &exercises, args.out.as_deref(), &Shared::on_stderr())?;
    let mut submissions = Vec::new();
    for found in &intake.found {
        for trouble in taken(found, &mut submissions)? {
            let note = harmless(format!("{}: {trouble}", found.student.key).as_bytes());
            said::say("note: ", &note)?;
        }
    }
    let given = exercises.iter().map(|exercise| (exercise.name.clone(), given(context, exercise))).collect();
    let report = compare(&submissions, &given, &Options::default());
    let json = serde_json::to_string_pretty(&report).map_err(Stop::fault)? + "\n";
    if let Some(out) = &args.out {
        write(&out.join("similar.html"), page(&report).as_bytes())?;
        write(&out.join("similar.json"), json.as_bytes())?;
    }
    let text = if args.json { json } else { table(&report, context.look.width) };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Exit::Passed)
}

/// Adds the sources of a submission; what could not be taken of it.
fn taken(found: &Found, submissions: &mut Vec<Submission>) -> Result<Vec<String>, Stop> {
    let folder = tempfile::Builder::new().prefix("checker-similar-").tempdir()?;
    let taken = found.take(folder.path()).map_err(Stop::fault)?;
    let mut troubles: Vec<String> = taken.trouble.iter().map(|trouble| trouble.message.clone()).collect();
    for one in taken.exercises {
        if let Some(trouble) = &one.trouble {
            troubles.push(format!("{}: {}", one.name, trouble.message));
        }
        let read = |file: &String| {
            let bytes = fs::read(folder.path().join(&one.name).join(file))?;
            Ok((file.clone(), String::from_utf8_lossy(&bytes).into_owned()))
        };
        let files = one.files.iter().map(read).collect::<io::Result<Vec<_>>>()?;
        if !files.is_empty() {
            submissions.push(Submission { exercise: one.name, key: found.student.key.clone(), files });
        }
    }
    Ok(troubles)
}

/// What every student may have: the starter, the solution and its variants, as far as they are here.
fn given(context: &Context, exercise: &Arc<Exercise>) -> Vec<String> {
    let mut folders = vec![exercise.dir.clone()];
    folders.extend(context.course.starter(exercise));
    if let Ok(solution) = context.course.solution(exercise) {
        folders.push(solution.dir);
        folders.extend(solution.variants);
    }
    let mut texts = Vec::new();
    for folder in folders {
        collect(&folder.join("src"), &mut texts);
    }
    texts
}

/// The course's own sources: what can't be read is not subtracted.
fn collect(folder: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            texts.extend(fs::read_to_string(path));
        }
    }
}
