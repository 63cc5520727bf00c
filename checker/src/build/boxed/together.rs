//! The programs of one submission in one box and one crate. Nothing but what is [`suited`] is taken into it, and
//! nothing is told of the others, or of errors: those are compiled alone, for the words that a student is shown.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::bench::{Bench, LIBRARY, PROGRAM, given, without_names};
use super::job::{Answer, End, Job, Program};
use super::{sources, suited};
use crate::build::compiler::{Link, Recipe, crate_name, flag};
use crate::build::{modules, names, source};
use crate::sandbox::workshop::{self, Given};

/// The crate's name, and that of its root's file: no exercise is called so.
const NAME: &str = "checker_together";
const ROOT: &str = "checker_together.rs";
/// The largest program that is copied for each, and that each starts with in its memory, in bytes.
const MOST: u64 = 4 << 20;
/// What errors hide shows in the next round.
const ROUNDS: usize = 3;

pub(super) fn compile(job: &Job, programs: &[Program]) -> Result<(Answer, Vec<u8>), End> {
    // For all of it, so that whoever keeps the compiler busy costs the others no more than that.
    let deadline = Instant::now() + Duration::from_secs(job.budget_s.into());
    let mut sources = Sources::read(programs);
    let nothing = || Ok((Answer::of(End::Done), Vec::new()));
    if sources.members.len() < 2 {
        return nothing();
    }
    let mut bench = Bench::enter(job, std::mem::take(&mut sources.files))?;
    let Some(mut flags) = libraries(&mut bench, &mut sources, programs, deadline)? else { return nothing() };
    flags.extend(["-Awarnings".into(), "--error-format=short".into()]);
    for _ in 0..ROUNDS {
        let members = &mut sources.members;
        if members.len() < 2 {
            break;
        }
        let selected = [&flags[..], &modules::selection(members)].concat();
        let (end, said) = run(&mut bench, &selected, deadline)?;
        match end {
            End::Done => {
                return Ok(made(&bench, members).unwrap_or_else(|| (Answer::of(End::Done), Vec::new())));
            }
            End::Errors => {
                let wrong = modules::wrong(&said, |number, file| file == main(&programs[number]), members);
                if wrong.is_empty() {
                    break;
                }
                members.retain(|member| !wrong.contains(member));
            }
            // Once more would be as dear.
            _ => break,
        }
    }
    nothing()
}

/// Where a program's main file is, as the compiler shows it.
fn main(program: &Program) -> PathBuf {
    program.recipe.shown(&program.recipe.main)
}

/// The crate that holds all.
fn whole() -> Recipe {
    Recipe {
        root: workshop::FILES.into(),
        folder: workshop::FILES.into(),
        package: NAME.into(),
        program: NAME.into(),
        main: ROOT.into(),
    }
}

fn run(bench: &mut Bench, flags: &[std::ffi::OsString], deadline: Instant) -> Result<(End, Vec<u8>), End> {
    let command = |bench: &Bench, link| {
        let mut command = whole().program_command(&bench.setting(Path::new(PROGRAM)), None, link);
        command.args(flags);
        without_names(command)
    };
    let directly = command(bench, Link::Directly);
    let told = bench.run_for(directly, left(deadline))?;
    if told.0 == End::Errors && bench.toolchain.is_to_link_again(&told.1) {
        let as_usual = command(bench, Link::AsUsual);
        return bench.run_for(as_usual, left(deadline));
    }
    Ok(told)
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

/// The program that holds the members, if it can be taken, and is made of nothing but what was given.
fn made(bench: &Bench, members: &[usize]) -> Option<(Answer, Vec<u8>)> {
    let binary = whole().binary(&bench.setting(Path::new(PROGRAM)));
    let root = Path::new(workshop::FILES);
    if !source::outside(&bench.list(&binary.with_extension("d")), root, root).is_empty() {
        return None;
    }
    let program = bench.result(&binary, MOST).ok()?;
    let together = members.to_vec();
    Some((Answer { together, program: program.len() as u64, ..Answer::of(End::Done) }, program))
}

/// Compiles each library, once for all programs of its crate, and gives the flags by which they find it. The
/// programs of one with errors are members no longer. None when the compiler was stopped.
fn libraries(
    bench: &mut Bench,
    sources: &mut Sources,
    programs: &[Program],
    deadline: Instant,
) -> Result<Option<Vec<std::ffi::OsString>>, End> {
    let mut flags = Vec::new();
    for &first in &sources.libraries {
        let recipe = &programs[first].recipe;
        let folder = Path::new(LIBRARY).join(crate_name(&recipe.package));
        bench.make_dir(&folder)?;
        let command = without_names(recipe.library_command(&bench.setting(&folder)));
        let (end, _) = bench.run_for(command, left(deadline))?;
        let setting = bench.setting(&folder);
        let list = bench.list(&recipe.lists(&setting, &setting)[0]);
        match end {
            End::Done if recipe.outside_by(&list).is_empty() => {
                let name = format!("{}=", crate_name(&recipe.package));
                flags.extend(["--extern".into(), flag(&name, &recipe.rlib(&setting))]);
            }
            End::Done | End::Errors => {
                sources.members.retain(|&member| programs[member].recipe.folder != recipe.folder);
            }
            _ => return Ok(None),
        }
    }
    Ok(Some(flags))
}

/// What of the sources is taken into the box.
struct Sources {
    files: Vec<Given>,
    /// A program of each crate that has a library.
    libraries: Vec<usize>,
    /// The programs that may be modules of one crate.
    members: Vec<usize>,
}

/// One crate's files, below its `src`.
struct Crate<'a> {
    first: usize,
    recipe: &'a Recipe,
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Sources {
    fn read(programs: &[Program]) -> Self {
        let crates = crates(programs);
        let mut sources = Sources { files: Vec::new(), libraries: Vec::new(), members: Vec::new() };
        let with_library: Vec<&Crate> = crates.iter().filter(|one| one.has_library()).collect();
        for one in &crates {
            if one.has_library() {
                if !one.library().all(|(_, content)| is(content, suited::is_of_library)) {
                    continue;
                }
                sources.libraries.push(one.first);
                sources.files.extend(one.library().map(|(path, content)| (one.place(path), content.clone())));
            }
            // In the shared crate all libraries are found: a program that names another's would compile.
            let others = with_library.iter().filter(|other| other.first != one.first);
            let others: Vec<String> = others.map(|other| crate_name(&other.recipe.package)).collect();
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            for (number, program) in programs.iter().enumerate() {
                if program.recipe.folder != one.recipe.folder {
                    continue;
                }
                let Some((path, text)) = one.text(&program.recipe.main) else { continue };
                if suited::is_program(text) && !names::has_any(text, &others) {
                    sources.files.push((one.place(path), modules::module(text).into_bytes()));
                    sources.members.push(number);
                }
            }
        }
        let mains: Vec<(usize, PathBuf)> =
            sources.members.iter().map(|&member| (member, main(&programs[member]))).collect();
        let root = modules::root(mains.iter().map(|(number, file)| (*number, file.as_path())));
        sources.files.push((ROOT.into(), root.into_bytes()));
        sources
    }
}

/// The crates whose sources can be read, each with its own place and name. Of the others each program is
/// compiled alone.
fn crates(programs: &[Program]) -> Vec<Crate<'_>> {
    let (mut places, mut names) = (BTreeSet::new(), BTreeSet::from([NAME.to_owned()]));
    let mut left = source::MOST;
    let mut crates = Vec::new();
    for (first, Program { recipe, src }) in programs.iter().enumerate() {
        // The folder itself would hold other crates too.
        if recipe.folder == Path::new(workshop::FILES) || !places.insert(&recipe.folder) {
            continue;
        }
        let Ok(files) = sources::read(src, &mut left) else { continue };
        let found = Crate { first, recipe, files };
        if !found.has_library() || names.insert(crate_name(&recipe.package)) {
            crates.push(found);
        }
    }
    crates
}

impl Crate<'_> {
    fn has_library(&self) -> bool {
        self.files.iter().any(|(path, _)| path == Path::new("lib.rs"))
    }

    /// The files that the library can be made of.
    fn library(&self) -> impl Iterator<Item = &(PathBuf, Vec<u8>)> {
        self.files.iter().filter(|(path, _)| {
            let of_program = path.starts_with("bin") || path == Path::new("main.rs");
            !of_program && path.extension().is_some_and(|kind| kind == "rs")
        })
    }

    /// A main file, by its path in the crate, and what it holds.
    fn text(&self, main: &Path) -> Option<(&Path, &str)> {
        let path = main.strip_prefix("src").ok()?;
        let (path, content) = self.files.iter().find(|(file, _)| file == path)?;
        Some((path, std::str::from_utf8(content).ok()?))
    }

    /// Where a file is put in the box.
    fn place(&self, file: &Path) -> PathBuf {
        given(&self.recipe.folder).join("src").join(file)
    }
}

fn is(content: &[u8], suited: impl Fn(&str) -> bool) -> bool {
    std::str::from_utf8(content).is_ok_and(suited)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const MAIN: &str = "fn main() {}\n";

    /// What is taken of crates `a`, `b`, … with these files; each file below `bin`, and `main.rs`, is a program.
    fn taken(crates: &[&[(&str, &str)]]) -> (Sources, Vec<String>) {
        let outside = tempfile::tempdir().unwrap();
        let mut programs = Vec::new();
        for (name, files) in ["a", "b", "c"].iter().zip(crates) {
            for (path, text) in *files {
                let file = outside.path().join(name).join(path);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(&file, text).unwrap();
                let recipe = Recipe {
                    root: workshop::FILES.into(),
                    folder: Path::new(workshop::FILES).join(name),
                    package: format!("package-{name}"),
                    program: "demo".into(),
                    main: Path::new("src").join(path),
                };
                let is_main = path.starts_with("bin/") || *path == "main.rs";
                programs.extend(is_main.then(|| Program { recipe, src: outside.path().join(name) }));
            }
        }
        let sources = Sources::read(&programs);
        let mut files: Vec<String> =
            sources.files.iter().map(|(path, _)| path.to_str().unwrap().to_owned()).collect();
        files.sort();
        (sources, files)
    }

    #[test]
    fn a_library_is_taken_once_for_all_of_its_programs() {
        let own: &[(&str, &str)] =
            &[("lib.rs", "mod x;"), ("x.rs", ""), ("bin/one.rs", MAIN), ("bin/two.rs", MAIN)];
        let (sources, files) = taken(&[own, &[("main.rs", MAIN), ("notes.rs", "")]]);
        assert_eq!((&sources.libraries[..], &sources.members[..]), (&[0][..], &[0, 1, 2][..]));
        let wanted =
            ["a/src/bin/one.rs", "a/src/bin/two.rs", "a/src/lib.rs", "a/src/x.rs", "b/src/main.rs", ROOT];
        assert_eq!(files, wanted);
    }

    #[test]
    fn who_is_not_suited_is_not_taken() {
        let exports = "#[unsafe(no_mangle)] pub fn write() {}";
        let (sources, files) = taken(&[
            &[("lib.rs", exports), ("main.rs", MAIN)],
            &[("bin/one.rs", "mod x;\nfn main() {}"), ("bin/two.rs", MAIN)],
        ]);
        assert_eq!((&sources.libraries[..], &sources.members[..]), (&[][..], &[2][..]));
        assert_eq!(files, ["b/src/bin/two.rs", ROOT]);
    }

    #[test]
    fn who_names_anothers_library_is_not_taken() {
        let uses = "fn main() { package_a::f() }";
        let (sources, _) = taken(&[
            &[("lib.rs", "pub fn f() {}"), ("main.rs", uses)],
            &[("main.rs", uses)],
            &[("main.rs", MAIN)],
        ]);
        assert_eq!((&sources.libraries[..], &sources.members[..]), (&[0][..], &[0, 2][..]));
    }
}
