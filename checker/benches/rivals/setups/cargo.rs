//! Bare `cargo build`: compiles, and proves nothing.

use std::path::{Path, PathBuf};

use crate::contestant::{Contestant, Role, Run};
use crate::course_copy::lay_in;
use crate::edit::{Edit, Edited};
use crate::files;
use crate::workshop::Workshop;

pub const NAME: &str = "cargo build";

/// A crate of its own with the reference solution, outside of any workspace: with a lock file and a target
/// folder of its own.
pub fn fresh_crate(workshop: &Workshop, place: &Path, exercise: &str) -> Result<PathBuf, String> {
    let (solution, folder) = (workshop.repo.join("solutions").join(exercise), place.join(exercise));
    files::fresh(&folder)?;
    let manifest = files::read(&solution.join("Cargo.toml"))?;
    files::write(&folder.join("Cargo.toml"), format!("{manifest}\n[workspace]\n"))?;
    lay_in(&solution, &folder)?;
    Ok(folder)
}

fn place(workshop: &Workshop) -> PathBuf {
    workshop.folder.join("cargo")
}

/// Where it puts the program that the edit is in.
pub fn product(workshop: &Workshop, edit: &Edit) -> PathBuf {
    place(workshop).join(edit.exercise).join("target/debug").join(edit.program)
}

pub fn contestants(workshop: &Workshop, edit: &Edit) -> Result<Vec<Contestant>, String> {
    let folder = fresh_crate(workshop, &place(workshop), edit.exercise)?;
    let run = || Run::new(&folder, ["cargo".into(), "build".into()]);
    let mut save = run();
    save.edited = Some(Edited::new(folder.join(edit.file), edit.words)?);
    save.product = Some(product(workshop, edit));
    let named = |role, run| Contestant { name: NAME.to_owned(), role, run };
    Ok(vec![named(Role::Save, save), named(Role::Unchanged, run())])
}
