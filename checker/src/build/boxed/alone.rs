//! One program in a box, with its library.

use std::path::Path;

use super::bench::{Bench, LIBRARY, PROGRAM, given};
use super::job::{Answer, End, Job, Program};
use super::sources;
use crate::build::compiler::Link;
use crate::build::source;

/// The largest program, in bytes.
const MOST: u64 = 64 << 20;

pub(super) fn compile(job: &Job, program: &Program) -> Result<(Answer, Vec<u8>), End> {
    let recipe = &program.recipe;
    let folder = given(&recipe.folder).join("src");
    let files: Vec<_> = sources::read(&program.src, &mut { source::MOST })
        .map_err(|(path, trouble)| End::NoSource { path: Path::new("src").join(path), trouble })?
        .into_iter()
        .map(|(path, content)| (folder.join(path), content))
        .collect();
    let has_library = files.iter().any(|(path, _)| *path == folder.join("lib.rs"));
    let mut bench = Bench::enter(job, files)?;
    let (into_library, into_program) = (Path::new(LIBRARY), Path::new(PROGRAM));
    let rlib = recipe.rlib(&bench.setting(into_library));
    let rlib = has_library.then_some(&*rlib);
    let library = has_library.then(|| recipe.library_command(&bench.setting(into_library)));
    let linked = |bench: &Bench, link| recipe.program_command(&bench.setting(into_program), rlib, link);
    let directly = linked(&bench, Link::Directly);
    let mut answer = Answer::of(End::Done);
    for command in library.into_iter().chain([directly]) {
        let mut told = bench.run(command)?;
        if told.0 == End::Errors && bench.toolchain.is_to_link_again(&told.1) {
            let as_usual = linked(&bench, Link::AsUsual);
            told = bench.run(as_usual)?;
        }
        let (end, said) = told;
        answer.said.push_str(&String::from_utf8_lossy(&said));
        if end != End::Done {
            answer.end = end;
            return Ok((answer, Vec::new()));
        }
    }
    let lists = recipe.lists(&bench.setting(into_library), &bench.setting(into_program));
    answer.outside = lists.iter().flat_map(|list| recipe.outside_by(&bench.list(list))).collect();
    let program = match bench.result(&recipe.binary(&bench.setting(into_program)), MOST) {
        Ok(program) => program,
        Err(error) => {
            answer.said.push_str(&format!("error: the program that was made can't be taken: {error}\n"));
            answer.end = End::Errors;
            Vec::new()
        }
    };
    answer.program = program.len() as u64;
    Ok((answer, program))
}
