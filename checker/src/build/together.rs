//! Several programs in one compilation. Most of what it takes to compile a small program is the same for all:
//! starting the compiler, reading the standard library, linking. Each program becomes a module of one crate,
//! and each gets a copy of the binary in which a number tells whose `main` it runs.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use memchr::memmem;

use super::compiler::{Recipe, Setting, flag};
use super::names;
use super::process::Ended;

/// A text in the binary that nothing else holds; behind it stands the number, as four bytes, least first.
const MARK: &str = "\x01the number of the program that runs:";

/// What the crate calls in each module.
const START: &str =
    "pub fn __start() -> std::process::ExitCode { std::process::Termination::report(main()) }";

/// These bring in other files, or mean another thing in a module than at the root of a crate, or something
/// for all of it. A program with one of them in it is compiled alone.
const ALONE: [&str; 24] = [
    "mod",
    "include",
    "include_str",
    "include_bytes",
    "crate",
    "super",
    "extern",
    "asm",
    "global_asm",
    "naked_asm",
    "macro_export",
    "no_mangle",
    "export_name",
    "link_section",
    "global_allocator",
    "panic_handler",
    "no_std",
    "no_main",
    "recursion_limit",
    "type_length_limit",
    "module_path",
    "type_name",
    "type_name_of_val",
    "option_env",
];

/// Whether a program with this text does the same as a module.
pub fn is_suited(text: &str) -> bool {
    // Of cargo's variables some hold the program's own place.
    !text.contains("CARGO_") && !text.starts_with("#!/") && !names::has_any(text, &ALONE)
}

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
    for _ in 0..ROUNDS {
        if left.len() < 2 {
            break;
        }
        let whole = Whole::write(setting, members, &left)?;
        let ended = whole.compile(setting, library)?;
        let Some(status) = ended.status else { break };
        if status.success() {
            for (member, binary) in left.iter().zip(whole.binaries(setting, left.len())?) {
                made[*member] = Some(binary);
            }
            break;
        }
        let wrong = whole.wrong(setting, library)?;
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
    fn write(setting: &Setting, members: &[Member], which: &[usize]) -> io::Result<Self> {
        let folder = setting.out.join("together");
        fs::create_dir_all(&folder)?;
        let recipe = Recipe { folder, main: "main.rs".into(), ..members[which[0]].recipe.clone() };
        let (mut modules, mut arms, mut names) = (String::new(), String::new(), Vec::new());
        for (number, &member) in which.iter().enumerate() {
            let file = format!("{member}.rs");
            let Member { recipe: own, text } = &members[member];
            fs::write(recipe.folder.join(&file), format!("{text}\n{START}\n"))?;
            // Writing to a string can't fail.
            let _ = writeln!(modules, "#[path = {file:?}]\nmod member_{member};");
            let _ = writeln!(arms, "        {number} => member_{member}::__start(),");
            let mut name = flag("--remap-path-prefix=", &recipe.shown(Path::new(&file)));
            name.push("=");
            name.push(own.shown(&own.main));
            names.push(name);
        }
        let (length, mark) = (MARK.len() + 4, MARK.as_bytes().escape_ascii());
        let main = format!(
            "{modules}\nstatic NUMBER: [u8; {length}] = *b\"{mark}\\0\\0\\0\\0\";\n\n\
             fn main() -> std::process::ExitCode {{\n    \
             let [.., a, b, c, d] = unsafe {{ std::ptr::read_volatile(&NUMBER) }};\n    \
             match u32::from_le_bytes([a, b, c, d]) {{\n{arms}        _ => std::process::abort(),\n    }}\n}}\n"
        );
        fs::write(recipe.folder.join(&recipe.main), main)?;
        Ok(Whole { recipe, names })
    }

    fn compile(&self, setting: &Setting, library: Option<&Path>) -> io::Result<Ended> {
        let quietly = OsString::from("-Awarnings");
        self.recipe.compile_with(setting, library, &[&[quietly], &self.names[..]].concat())
    }

    /// The members in which there are errors, by the names of their modules' files.
    fn wrong(&self, setting: &Setting, library: Option<&Path>) -> io::Result<Vec<usize>> {
        let short = ["--error-format=short".into(), "-Awarnings".into()];
        let ended = self.recipe.compile_with(setting, library, &short)?;
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        // `…/3.rs:12:5: error[E0308]: mismatched types`
        let places = said.lines().filter_map(|line| line.split_once(": error")).map(|(place, _)| place);
        let files = places.filter_map(|place| place.split(".rs:").next());
        Ok(files.filter_map(|file| Path::new(file).file_name()?.to_str()?.parse().ok()).collect())
    }

    /// A copy of the binary for each number below `count`.
    fn binaries(&self, setting: &Setting, count: usize) -> io::Result<Vec<PathBuf>> {
        let mut binary = fs::read(self.recipe.binary(setting))?;
        let mut places = memmem::find_iter(&binary, MARK.as_bytes()).map(|at| at + MARK.len());
        let (Some(at), None) = (places.next(), places.next()) else { return Ok(Vec::new()) };
        drop(places);
        let copy = |number: usize| {
            let number = u32::try_from(number).map_err(io::Error::other)?;
            binary[at..at + 4].copy_from_slice(&number.to_le_bytes());
            let place = setting.out.join(format!("member-{number}"));
            fs::write(&place, &binary)?;
            fs::set_permissions(&place, fs::Permissions::from_mode(0o755))?;
            Ok(place)
        };
        (0..count).map(copy).collect()
    }
}
