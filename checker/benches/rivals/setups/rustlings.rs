//! `rustlings run`: a community course of the same seven, each in one file with its tests.

use std::fs;
use std::path::{Path, PathBuf};

use crate::contestant::{Contestant, Role, Run};
use crate::edit::{Edit, Edited};
use crate::files::{self, failed};
use crate::workshop::Workshop;

/// What rustlings remembers.
const STATE: &str = ".rustlings-state.txt";

/// A community course: made by rustlings itself, with our `info.toml` and exercises.
#[derive(Debug)]
pub struct Community {
    folder: PathBuf,
    /// The state with one exercise done: rustlings checks all again when the last one is done, which would be
    /// measured instead.
    state: Vec<u8>,
}

impl Community {
    pub fn fresh(workshop: &Workshop) -> Result<Self, String> {
        let place = workshop.folder.join("rustlings");
        files::fresh(&place)?;
        workshop.output(&["rustlings", "dev", "new", "--no-git", "course"], &place)?;
        let folder = place.join("course");
        files::copy(&workshop.repo.join("checker/benches/rivals/rustlings"), &folder)?;
        workshop.output(&["rustlings", "dev", "update"], &folder)?;
        // It lies in the repository's target folder, and is no part of that workspace.
        let manifest = folder.join("Cargo.toml");
        files::write(&manifest, format!("{}\n[workspace]\n", files::read(&manifest)?))?;
        workshop.output(&["rustlings", "run", "udp_send"], &folder)?;
        let state = state(&folder)?;
        Ok(Community { folder, state })
    }

    pub fn contestant(&self, edit: &Edit) -> Result<Contestant, String> {
        let mut run = Run::new(&self.folder, ["rustlings".into(), "run".into(), edit.package().into()]);
        let file = self.folder.join("exercises").join(edit.package()).with_extension("rs");
        run.edited = Some(Edited::new(file, edit.words)?);
        run.restored = Some((self.folder.join(STATE), self.state.clone()));
        run.product = Some(self.folder.join("target/debug").join(edit.package()));
        run.says = Some(format!("Successfully ran exercises/{}.rs", edit.package()));
        Ok(Contestant { name: "rustlings".to_owned(), role: Role::Save, run })
    }
}

fn state(folder: &Path) -> Result<Vec<u8>, String> {
    let path = folder.join(STATE);
    fs::read(&path).map_err(failed("reading", &path))
}
