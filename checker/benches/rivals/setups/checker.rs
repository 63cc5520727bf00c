//! `checker run`: compile, and drive every scenario.

use std::ffi::OsString;
use std::path::Path;

use crate::checkers::Checker;
use crate::contestant::{Contestant, Role, Run};
use crate::edit::{Edit, Edited};

/// The checker in a solved course, in each role.
pub fn contestants(checker: &Checker, course: &Path, edit: &Edit) -> Result<Vec<Contestant>, String> {
    let run = |more: &[&str], edited: bool| -> Result<Run, String> {
        let mut argv: Vec<OsString> = vec![checker.binary.clone().into(), "run".into(), edit.exercise.into()];
        argv.extend(more.iter().map(OsString::from));
        let file = course.join("exercises").join(edit.exercise).join(edit.file);
        let edited = edited.then(|| Edited::new(file, edit.words)).transpose()?;
        Ok(Run { argv, folder: course.to_owned(), edited, ..Run::default() })
    };
    // The verdict's own words prove that it was compiled: see `edits`.
    let json = ["--format", "json"];
    let fresh = |more: &[&'static str]| [more, &["--fresh"]].concat();
    let named = |name: String, role, run| Contestant { name, role, run };
    let (name, all_run) = (checker.name.clone(), format!("{} --fresh", checker.name));
    Ok(vec![
        named(name.clone(), Role::Save, run(&[], true)?),
        // Also those scenarios whose programs the edit leaves as they are.
        named(all_run.clone(), Role::Save, run(&fresh(&[]), true)?),
        named(name.clone(), Role::Phases, run(&json, true)?),
        named(all_run, Role::Phases, run(&fresh(&json), true)?),
        named(name, Role::Unchanged, run(&[], false)?),
    ])
}
