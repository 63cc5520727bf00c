//! The compiler's command line for one program of an exercise.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::process::{self, Ended};
use super::source;
use super::toolchain::Toolchain;

/// One program to compile.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone, Copy)]
pub struct Words {
    pub color: bool,
    pub width: usize,
}

/// What a compilation needs beside its recipe.
#[derive(Debug)]
pub struct Setting<'a> {
    pub toolchain: &'a Toolchain,
    pub words: Words,
    /// A folder of its own, for all that is made.
    pub out: &'a Path,
    /// Kept from one compilation of a program to the next.
    pub incremental: Option<PathBuf>,
    pub budget: Duration,
}

impl Setting<'_> {
    fn library(&self) -> PathBuf {
        self.out.join("library")
    }
}

/// Flags that change what comes out, and so belong into the digest. No debug information: it costs a
/// fifth of the time, and a panic names its place without it.
pub const FLAGS: [&str; 7] = [
    "--edition=2024",
    "-Copt-level=0",
    "-Cdebuginfo=0",
    "-Cstrip=debuginfo",
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

    /// Compiles the library, if there is one, and then the program, to [`Recipe::binary`].
    pub fn compile(&self, setting: &Setting) -> io::Result<Ended> {
        let mut library = None;
        if self.has_library() {
            let name = crate_name(&self.package);
            let mut command = self.command(setting, &name, "lib", Path::new("src/lib.rs"));
            // Of its own: the library may be called as the program is.
            fs::create_dir(setting.library())?;
            command.arg("--out-dir").arg(setting.library());
            let ended = process::run(&mut command, setting.budget)?;
            if !ended.status.is_some_and(|status| status.success()) {
                return Ok(ended);
            }
            library = Some((name, ended.stderr));
        }
        let mut command = self.command(setting, &crate_name(&self.program), "bin", &self.main);
        command.arg("--out-dir").arg(setting.out);
        if let Some((name, _)) = &library {
            let given = flag(&format!("{name}="), &setting.library().join(format!("lib{name}.rlib")));
            command.arg("--extern").arg(given);
        }
        let mut ended = process::run(&mut command, setting.budget)?;
        if let Some((_, said)) = library {
            ended.stderr.splice(..0, said);
        }
        Ok(ended)
    }

    /// Where the program is after a compilation without errors.
    pub fn binary(&self, setting: &Setting) -> PathBuf {
        setting.out.join(crate_name(&self.program))
    }

    /// The files outside of the crate's `src` that its compilation read.
    pub fn outside(&self, setting: &Setting) -> Vec<PathBuf> {
        let library = setting.library().join(crate_name(&self.package)).with_extension("d");
        let lists = [library, self.binary(setting).with_extension("d")].map(fs::read_to_string);
        let src = self.folder.join("src");
        lists.iter().flatten().flat_map(|list| source::outside(list, &self.root, &src)).collect()
    }

    fn command(&self, setting: &Setting, name: &str, kind: &str, main: &Path) -> Command {
        let mut command = Command::new(&setting.toolchain.rustc);
        command.current_dir(&self.root).args(FLAGS);
        command.args(["--crate-name", name, "--crate-type", kind, "--emit=link,dep-info"]);
        command.arg(format!("--color={}", if setting.words.color { "always" } else { "never" }));
        command.arg(format!("--diagnostic-width={}", setting.words.width));
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

fn crate_name(name: &str) -> String {
    name.replace('-', "_")
}

fn flag(flag: &str, path: &Path) -> OsString {
    let mut whole = OsString::from(flag);
    whole.push(path);
    whole
}
