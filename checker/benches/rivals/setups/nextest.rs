//! `cargo nextest run`: the program, and tests written by hand that start it and talk to it on loopback.

use crate::contestant::{Contestant, Role, Run};
use crate::edit::{Edit, Edited};
use crate::files;
use crate::setups::cargo::fresh_crate;
use crate::workshop::Workshop;

pub fn contestant(workshop: &Workshop, edit: &Edit) -> Result<Contestant, String> {
    let folder = fresh_crate(workshop, &workshop.folder.join("nextest"), edit.exercise)?;
    let tests =
        workshop.repo.join("checker/benches/rivals/nextest").join(edit.package()).with_extension("rs");
    files::write(&folder.join("tests/sockets.rs"), files::read(&tests)?)?;
    let mut run = Run::new(&folder, ["cargo".into(), "nextest".into(), "run".into()]);
    run.edited = Some(Edited::new(folder.join(edit.file), edit.words)?);
    run.product = Some(folder.join("target/debug").join(edit.program));
    Ok(Contestant { name: "cargo nextest".to_owned(), role: Role::Save, run })
}
