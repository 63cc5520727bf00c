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
    let named = |role, run| Contestant { name: checker.name.clone(), role, run };
    Ok(vec![
        named(Role::Save, run(&[], true)?),
        named(Role::Phases, run(&json, true)?),
        named(Role::Unchanged, run(&[], false)?),
    ])
}
