//! The compiler's command line for one program of an exercise.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::linking::Prepared;
use super::process::{self, Ended};
use super::resting::Resting;
use super::source;
use super::toolchain::Toolchain;

/// One program to compile.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recipe {
    /// From here paths are shown: the course's root.
    pub root: PathBuf,
    /// The crate's folder, below or outside of `root`; its `src` is what is compiled.
    pub folder: PathBuf,
    /// The package's name, as `env!("CARGO_PKG_NAME")` gives it.
    pub package: String,
    /// The program's name.
    pub program: String,
    /// Its main file, relative to `folder`.
    pub main: PathBuf,
}

/// How the compiler's words look.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Words {
    pub color: bool,
    pub width: usize,
}

/// What a compilation needs beside its recipe.
#[derive(Debug)]
pub struct Setting<'a> {
    pub toolchain: &'a Toolchain,
    pub words: Words,
    /// An empty folder of its own, for all that is made.
    pub out: &'a Path,
    /// Kept from one compilation of a program to the next.
    pub incremental: Option<PathBuf>,
    pub budget: Duration,
    /// Set when the compiler has been started.
    pub started: &'a OnceLock<()>,
    /// Where it may rest when it is done.
    pub resting: Option<&'a Resting>,
}

/// How a program is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// By the toolchain's linker, where it is known how.
    Directly,
    /// As the compiler likes.
    AsUsual,
}

/// Flags that change what comes out, and so belong into the digest. No debug information: it costs a
/// fifth of the time, and a panic names its place without it. No symbols: each scenario copies the program. What it
/// needs of the C library is looked up when it is called: most of it never is, and to look all of it up is a fifth of a
/// program's start.
pub const FLAGS: [&str; 8] = [
    "--edition=2024",
    "-Copt-level=0",
    "-Cdebuginfo=0",
    "-Cstrip=symbols",
    "-Crelro-level=partial",
    "-Cdebug-assertions=on",
    "-Coverflow-checks=on",
    "-Cembed-bitcode=no",
];

/// In many units, of which only those that changed are made anew; in one where none is kept, which is
/// the less work.
fn codegen_units(incremental: bool) -> &'static str {
    if incremental { "-Ccodegen-units=16" } else { "-Ccodegen-units=1" }
}

impl Recipe {
    /// Where a file of the crate is, as it is shown: relative to the course where it lies inside.
    pub fn shown(&self, file: &Path) -> PathBuf {
        let path = self.folder.join(file);
        path.strip_prefix(&self.root).map(Path::to_path_buf).unwrap_or(path)
    }

    pub fn has_library(&self) -> bool {
        self.folder.join("src/lib.rs").is_file()
    }

    /// Compiles the library, to [`Recipe::rlib`].
    pub fn compile_library(&self, setting: &Setting) -> io::Result<Ended> {
        process::run(&mut self.library_command(setting), setting.budget, setting.started)
    }

    /// Compiles the program, with the library if there is one, to [`Recipe::binary`].
    pub fn compile(&self, setting: &Setting, library: Option<&Path>) -> io::Result<Ended> {
        self.compile_with(setting, library, &[])
    }

    /// The same with more arguments.
    pub fn compile_with(
        &self,
        setting: &Setting,
        library: Option<&Path>,
        more: &[OsString],
    ) -> io::Result<Ended> {
        let command = |link| {
            let mut command = self.program_command(setting, library, link);
            command.args(more);
            command
        };
        let (budget, started) = (setting.budget, setting.started);
        let run = |link| process::run(&mut command(link), budget, started);
        let mut ahead = command(Link::AsUsual);
        let prepared = setting.toolchain.linker_ahead().and_then(|(linker, flags)| {
            ahead.args(flags);
            Prepared::new(linker, setting.out, &mut ahead).ok()
        });
        let ended = match prepared {
            Some(prepared) => process::run_linking(ahead, prepared, budget, started, setting.resting)?,
            None => run(Link::Directly)?,
        };
        let failed = ended.status.is_some_and(|status| !status.success());
        if failed && setting.toolchain.is_to_link_again(&ended.stderr) {
            run(Link::AsUsual)
        } else {
            Ok(ended)
        }
    }

    /// How the library is compiled.
    pub fn library_command(&self, setting: &Setting) -> Command {
        self.command(setting, &crate_name(&self.package), "lib", Path::new("src/lib.rs"))
    }

    /// How the program is compiled.
    pub fn program_command(&self, setting: &Setting, library: Option<&Path>, link: Link) -> Command {
        let mut command = self.command(setting, &crate_name(&self.program), "bin", &self.main);
        if link == Link::Directly {
            command.args(setting.toolchain.linker_flags());
        }
        if let Some(library) = library {
            command.arg("--extern").arg(flag(&format!("{}=", crate_name(&self.package)), library));
        }
        command
    }

    /// Where the program is after a compilation without errors.
    pub fn binary(&self, setting: &Setting) -> PathBuf {
        setting.out.join(crate_name(&self.program))
    }

    /// Where the library is after a compilation without errors.
    pub fn rlib(&self, setting: &Setting) -> PathBuf {
        setting.out.join(format!("lib{}.rlib", crate_name(&self.package)))
    }

    /// Where the compiler's lists of what it read are after a compilation without errors: of the library, and
    /// of the program.
    pub fn lists(&self, library: &Setting, program: &Setting) -> [PathBuf; 2] {
        let library = library.out.join(crate_name(&self.package));
        [library, self.binary(program)].map(|made| made.with_extension("d"))
    }

    /// The files outside of the crate's `src` that the compilation in `setting` read, by its own list.
    pub fn outside(&self, setting: &Setting) -> Vec<PathBuf> {
        let entries = fs::read_dir(setting.out).into_iter().flatten().flatten().map(|entry| entry.path());
        let lists = entries.filter(|path| path.extension().is_some_and(|kind| kind == "d"));
        lists
            .filter_map(|list| fs::read_to_string(list).ok())
            .flat_map(|list| self.outside_by(&list))
            .collect()
    }

    /// The same by such a list.
    pub fn outside_by(&self, list: &str) -> Vec<PathBuf> {
        source::outside(list, &self.root, &self.folder.join("src"))
    }

    fn command(&self, setting: &Setting, name: &str, kind: &str, main: &Path) -> Command {
        let mut command = Command::new(&setting.toolchain.rustc);
        command.current_dir(&self.root).args(FLAGS);
        command.args(["--crate-name", name, "--crate-type", kind, "--emit=link,dep-info"]);
        command.arg(format!("--color={}", if setting.words.color { "always" } else { "never" }));
        command.arg(format!("--diagnostic-width={}", setting.words.width));
        command.arg("--out-dir").arg(setting.out);
        command.arg(codegen_units(setting.incremental.is_some()));
        if let Some(folder) = &setting.incremental {
            command.arg(flag("-Cincremental=", folder));
        }
        // What a student's shell says of compiling is not part of the course.
        command.env_remove("RUSTFLAGS").env_remove("RUST_BACKTRACE").env("TERM", "dumb");
        self.as_cargo_would(&mut command, name);
        command.arg(self.shown(main));
        command
    }

    /// The variables that `env!` can read under cargo (The Cargo Book, "Environment variables Cargo sets
    /// for crates").
    fn as_cargo_would(&self, command: &mut Command, crate_name: &str) {
        command
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("CARGO_MANIFEST_PATH", self.folder.join("Cargo.toml"))
            .env("CARGO_PKG_NAME", &self.package)
            .env("CARGO_PKG_VERSION", "0.1.0")
            .env("CARGO_PKG_VERSION_MAJOR", "0")
            .env("CARGO_PKG_VERSION_MINOR", "1")
            .env("CARGO_PKG_VERSION_PATCH", "0")
            .env("CARGO_PKG_VERSION_PRE", "")
            .env("CARGO_PKG_AUTHORS", "")
            .env("CARGO_PKG_DESCRIPTION", "")
            .env("CARGO_PKG_HOMEPAGE", "")
            .env("CARGO_PKG_REPOSITORY", "")
            .env("CARGO_PKG_LICENSE", "")
            .env("CARGO_PKG_RUST_VERSION", "")
            .env("CARGO_CRATE_NAME", crate_name)
            .env("CARGO_BIN_NAME", &self.program);
    }
}

/// A package's or a program's name, as the compiler has it.
pub(super) fn crate_name(name: &str) -> String {
    name.replace('-', "_")
}

pub(super) fn flag(flag: &str, path: &Path) -> OsString {
    let mut whole = OsString::from(flag);
    whole.push(path);
    whole
}
