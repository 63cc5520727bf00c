//! Several programs in one compilation. Most of what it takes to compile a small program is the same for all:
//! starting the compiler, reading the standard library, linking. Each program becomes a module of one crate,
//! and each gets a copy of the binary in which a number tells whose `main` it runs.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::compiler::{Recipe, Setting, flag};
use super::modules;
use super::process::Ended;

/// A program that is to be compiled with others: its recipe, and the text of its main file.
#[derive(Debug)]
pub struct Member<'a> {
    pub recipe: &'a Recipe,
    pub text: String,
}

/// Compiles programs that differ in nothing but their main files. The binaries, in the order of the members,
/// are in the setting's folder; None for a member that did not compile. Whatever else goes wrong is no news
/// of any member either: each can still be compiled alone.
///
/// # Errors
/// The compiler can't be run, or the folder not written.
pub fn compile(
    members: &[Member],
    setting: &Setting,
    library: Option<&Path>,
) -> io::Result<Vec<Option<PathBuf>>> {
    /// What errors hide shows in the next round: types come before borrows.
    const ROUNDS: usize = 3;
    let mut left: Vec<usize> = (0..members.len()).collect();
    let mut made = vec![None; members.len()];
    let whole = Whole::write(setting, members)?;
    for _ in 0..ROUNDS {
        if left.len() < 2 {
            break;
        }
        let ended = whole.compile(setting, library, &left)?;
        let Some(status) = ended.status else { break };
        if status.success() {
            let binary = fs::read(whole.recipe.binary(setting))?;
            for (member, binary) in left.iter().zip(modules::copies(binary, &left, setting.out)?) {
                made[*member] = Some(binary);
            }
            break;
        }
        let wrong = whole.wrong(setting, library, &left)?;
        if wrong.is_empty() {
            break;
        }
        left.retain(|member| !wrong.contains(member));
    }
    Ok(made)
}

/// The crate that holds all.
struct Whole {
    recipe: Recipe,
    /// Arguments that call each module's file as the member's own is called.
    names: Vec<OsString>,
}

impl Whole {
    fn write(setting: &Setting, members: &[Member]) -> io::Result<Self> {
        let folder = setting.out.join("together");
        fs::create_dir_all(&folder)?;
        let recipe = Recipe { folder, main: "main.rs".into(), ..members[0].recipe.clone() };
        let mut names = Vec::new();
        for (number, Member { recipe: own, text }) in members.iter().enumerate() {
            let file = file(number);
            fs::write(recipe.folder.join(&file), modules::module(text))?;
            let mut name = flag("--remap-path-prefix=", &recipe.shown(&file));
            name.push("=");
            name.push(own.shown(&own.main));
            names.push(name);
        }
        let files: Vec<PathBuf> = (0..members.len()).map(file).collect();
        let root = modules::root(files.iter().map(PathBuf::as_path).enumerate());
        fs::write(recipe.folder.join(&recipe.main), root)?;
        Ok(Whole { recipe, names })
    }

    fn compile(&self, setting: &Setting, library: Option<&Path>, which: &[usize]) -> io::Result<Ended> {
        let quietly = OsString::from("-Awarnings");
        let more = [&[quietly], &self.names[..], &modules::selection(which)].concat();
        self.recipe.compile_with(setting, library, &more)
    }

    /// The members in which there are errors, by the names of their modules' files.
    fn wrong(&self, setting: &Setting, library: Option<&Path>, which: &[usize]) -> io::Result<Vec<usize>> {
        let short = ["--error-format=short".into(), "-Awarnings".into()];
        let ended =
            self.recipe.compile_with(setting, library, &[&short[..], &modules::selection(which)].concat())?;
        let is_file = |number, path: &Path| path == self.recipe.shown(&file(number));
        Ok(modules::wrong(&ended.stderr, is_file, which))
    }
}

/// A module's file, in the crate's folder.
fn file(number: usize) -> PathBuf {
    format!("{number}.rs").into()
}
