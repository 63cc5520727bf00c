//! Builds programs, each at most once for the same sources.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::boxed::client::{self, Made};
use super::cache::Cache;
use super::compiler::{FLAGS, Recipe, Setting, Words};
use super::outcome::{BuildOutcome, Built};
use super::process::Ended;
use super::resting::Resting;
use super::source::{self, Digest};
use super::toolchain::Toolchain;

pub use super::compiler::{Recipe as BuildRecipe, Words as CompilerWords};

/// How often sources that change while they are compiled are compiled again.
const TRIES: u32 = 3;

#[derive(Debug)]
pub struct Builder {
    pub(super) toolchain: Toolchain,
    pub(super) cache: Cache,
    pub(super) incremental: PathBuf,
    pub(super) words: Words,
    pub(super) budget: Duration,
    /// One lock for each library that is, or was, compiled.
    libraries: Mutex<HashMap<String, Arc<Mutex<()>>>>,
    pub(super) boxed: bool,
    /// Set when the first compiler runs, or none is needed.
    pub(super) under_way: OnceLock<()>,
    resting: Option<Resting>,
}

impl Builder {
    /// A builder that keeps what it makes below `folder`.
    ///
    /// # Errors
    /// No compiler, or the folder can't be written: what, and the cure.
    pub fn new(folder: &Path, words: Words, budget: Duration) -> Result<Self, String> {
        let open = || -> io::Result<_> {
            let incremental = folder.join("incremental");
            fs::create_dir_all(&incremental)?;
            Ok((Cache::open(folder.join("bin"))?, incremental))
        };
        let (cache, incremental) = open().map_err(|error| unwritable(folder, &error))?;
        Ok(Builder {
            toolchain: Toolchain::find(&folder.join("toolchain.json"))?,
            cache,
            incremental,
            words,
            budget,
            libraries: Mutex::default(),
            boxed: false,
            under_way: OnceLock::new(),
            resting: None,
        })
    }

    /// The same, but for strangers' sources: every compilation is shut in, on rung 3. Costs a few milliseconds each.
    pub fn boxed(self) -> Self {
        // Its compilers are started elsewhere, and what readies itself beside them is of little weight.
        self.needs_no_compiler();
        Builder { boxed: true, ..self }
    }

    /// The same, but for one job: a compiler that is done may keep its memory until this builder's end.
    pub fn for_one(self) -> Self {
        Builder { resting: Resting::new().ok(), ..self }
    }

    /// `rustc 1.95.0 (…)`.
    pub fn compiler(&self) -> &str {
        self.toolchain.name()
    }

    /// All that the compiler says of itself.
    pub fn compiler_version(&self) -> &str {
        &self.toolchain.version
    }

    /// Waits until the first compiler runs, or it is known that none is needed.
    pub fn await_compiler(&self) {
        self.under_way.wait();
    }

    /// No compiler is to be waited for any more.
    pub fn needs_no_compiler(&self) {
        let _ = self.under_way.set(());
    }

    /// Drops binaries that nobody has used for long.
    pub fn prune(&self) {
        self.cache.prune();
    }

    /// Builds one program. `Err` is our own or the machine's trouble.
    pub fn build(&self, recipe: &Recipe) -> Result<BuildOutcome, String> {
        let began = Instant::now();
        let main = recipe.folder.join(&recipe.main);
        if let Some(trouble) = source::trouble(&main) {
            return Ok(BuildOutcome::NoSource { path: recipe.shown(&recipe.main), trouble });
        }
        let src = recipe.folder.join("src");
        // A stranger's src may be a link to somebody else's.
        let linked = Some(&src).filter(|src| self.boxed && src.is_symlink()).cloned();
        if let Some(path) = linked.or_else(|| source::foreign(&src)) {
            let trouble =
                "it is neither a file nor a folder: only what stands in src itself is compiled".into();
            return Ok(BuildOutcome::NoSource { path: recipe.shown(&path), trouble });
        }
        let unread = |error: io::Error| format!("reading {}: {error}", src.display());
        let mut digest = match self.digest(recipe) {
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                return Ok(BuildOutcome::NoSource { path: recipe.shown(&src), trouble: error.to_string() });
            }
            digest => digest.map_err(unread)?,
        };
        for _ in 0..TRIES {
            if let Some((binary, warnings)) = self.known(recipe, &digest) {
                return Ok(BuildOutcome::Built(Built {
                    binary,
                    warnings,
                    known: true,
                    took: began.elapsed(),
                }));
            }
            let outcome = self.compile(recipe, &digest, began)?;
            let after = self.digest(recipe).map_err(unread)?;
            if after == digest {
                return Ok(outcome);
            }
            // Saved while the compiler read it: what came out belongs to neither version.
            if let BuildOutcome::Built(built) = &outcome {
                drop(fs::remove_file(&built.binary));
            }
            digest = after;
        }
        Err(format!("{} changes all the time while it is compiled", recipe.shown(&recipe.main).display()))
    }

    pub(super) fn digest(&self, recipe: &Recipe) -> io::Result<Digest> {
        let src = recipe.folder.join("src");
        // Of strangers' sources every file counts: that the others are not read is not for them to make believe.
        if self.boxed {
            let shown = client::placed(recipe).shown(&recipe.main);
            return Ok(self.digest_with(recipe, &recipe.program, &shown, &source::digest(&src)?));
        }
        let tree = source::of_program(&src, &recipe.folder.join(&recipe.main))?;
        Ok(self.digest_with(recipe, &recipe.program, &recipe.shown(&recipe.main), &tree))
    }

    fn digest_with(&self, recipe: &Recipe, name: &str, main: &Path, tree: &Digest) -> Digest {
        let flags = FLAGS.join(" ");
        let place = if main.is_relative() { main } else { &recipe.main };
        // What was compiled without a box is never taken for what was compiled in one.
        let boxed: &[u8] = if self.boxed { b"in a box" } else { b"" };
        source::digest_of(&[
            self.toolchain.version.as_bytes(),
            flags.as_bytes(),
            recipe.package.as_bytes(),
            name.as_bytes(),
            // Panics and `file!` name the place; that of a crate which is only staged says nothing.
            place.as_os_str().as_encoded_bytes(),
            tree.as_bytes(),
            boxed,
        ])
    }

    /// In a box: library and program in the same, the library anew for each program.
    fn compile_boxed(
        &self,
        recipe: &Recipe,
        digest: &Digest,
        began: Instant,
    ) -> Result<BuildOutcome, String> {
        let trouble = |error: io::Error| unwritable(&self.incremental, &error);
        let workplace = self.cache.workplace(None).map_err(trouble)?;
        let (toolchain, words, budget) = (&self.toolchain, self.words, self.budget);
        let (out, incremental, started) = (workplace.path(), None, &self.under_way);
        let setting = Setting { toolchain, words, out, incremental, budget, started, resting: None };
        match client::compile(recipe, &setting)? {
            Made::Program { binary, said } => {
                let binary = self.cache.insert(digest, &binary, &said).map_err(trouble)?;
                Ok(BuildOutcome::Built(Built { binary, warnings: said, known: false, took: began.elapsed() }))
            }
            Made::Not(outcome) => Ok(outcome),
        }
    }

    fn compile(&self, recipe: &Recipe, digest: &Digest, began: Instant) -> Result<BuildOutcome, String> {
        if self.boxed {
            return self.compile_boxed(recipe, digest, began);
        }
        let library = match recipe.has_library().then(|| self.library(recipe)).transpose()? {
            Some(Unit::Failed(outcome)) => return Ok(outcome),
            Some(Unit::Made { file, said }) => Some((file, said)),
            None => None,
        };
        let file = library.as_ref().map(|(file, _)| file.as_path());
        let compiled = self.unit(
            recipe,
            &recipe.program,
            |setting| recipe.compile(setting, file),
            |setting, said| {
                let said = [library.as_ref().map_or("", |(_, said)| said), said].concat();
                Ok((self.cache.insert(digest, &recipe.binary(setting), &said)?, said))
            },
        )?;
        Ok(match compiled {
            Unit::Failed(outcome) => outcome,
            Unit::Made { file, said } => BuildOutcome::Built(Built {
                binary: file,
                warnings: said,
                known: false,
                took: began.elapsed(),
            }),
        })
    }

    /// The library of a crate, compiled once for all of its programs.
    pub(super) fn library(&self, recipe: &Recipe) -> Result<Unit, String> {
        let src = recipe.folder.join("src");
        let tree = source::of_library(&src).map_err(|error| format!("reading {}: {error}", src.display()))?;
        let main = recipe.shown(Path::new("src/lib.rs"));
        // A compiler takes no library of another name.
        let name = format!("lib{}.rlib", self.digest_with(recipe, "", &main, &tree));
        let one_at_a_time = Arc::clone(self.libraries().entry(name.clone()).or_default());
        let _alone = one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((file, said)) = self.cache.find(&name) {
            return Ok(Unit::Made { file, said });
        }
        self.unit(
            recipe,
            "",
            |setting| recipe.compile_library(setting),
            |setting, said| Ok((self.cache.insert(&name, &recipe.rlib(setting), said)?, said.to_owned())),
        )
    }

    fn libraries(&self) -> MutexGuard<'_, HashMap<String, Arc<Mutex<()>>>> {
        self.libraries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One run of the compiler; `keep` puts away what it made, with what it said.
    fn unit(
        &self,
        recipe: &Recipe,
        name: &str,
        compile: impl FnOnce(&Setting) -> io::Result<Ended>,
        keep: impl FnOnce(&Setting, &str) -> io::Result<(PathBuf, String)>,
    ) -> Result<Unit, String> {
        let trouble = |error: io::Error| unwritable(&self.incremental, &error);
        // Of the student's own crates; others are compiled once.
        let inside = recipe.folder.starts_with(recipe.root.join("exercises"));
        let incremental = inside.then(|| self.incremental.join(&recipe.package).join(name));
        if let Some(folder) = &incremental {
            fs::create_dir_all(folder).map_err(trouble)?;
        }
        let own = inside.then(|| format!("{}-{name}", recipe.package));
        let workplace = self.cache.workplace(own.as_deref()).map_err(trouble)?;
        let (toolchain, words, budget) = (&self.toolchain, self.words, self.budget);
        let (out, started, resting) = (workplace.path(), &self.under_way, self.resting.as_ref());
        let setting = Setting { toolchain, words, out, incremental, budget, started, resting };
        let ended = compile(&setting).map_err(|error| format!("running the compiler: {error}"))?;
        let rendered = String::from_utf8_lossy(&ended.stderr).into_owned();
        let failed = match ended.status {
            None => BuildOutcome::TooLong { rendered },
            Some(status) if status.success() => {
                if let Some(path) = recipe.outside(&setting).first() {
                    let trouble = "the program is made from this file too, and it is not in src".into();
                    return Ok(Unit::Failed(BuildOutcome::NoSource { path: recipe.shown(path), trouble }));
                }
                let (file, said) = keep(&setting, &rendered).map_err(trouble)?;
                return Ok(Unit::Made { file, said });
            }
            Some(_) if is_out_of_space(&rendered, workplace.path()) => {
                return Err(format!(
                    "no space is left on the disk for compiling; make room, or `cargo clean`\n{rendered}"
                ));
            }
            // Not by us: whoever goes on for too long has no status.
            Some(status) if status.signal() == Some(libc::SIGKILL) => {
                return Err(format!("the compiler was killed: is the machine out of memory?\n{rendered}"));
            }
            Some(status) if status.code().is_none() && rendered.trim().is_empty() => {
                BuildOutcome::TooLong { rendered: format!("the compiler was ended: {status}") }
            }
            Some(_) => BuildOutcome::Errors { rendered },
        };
        Ok(Unit::Failed(failed))
    }
}

/// What one run of the compiler came to.
pub(super) enum Unit {
    Made {
        file: PathBuf,
        /// The compiler's words; of a program, with those on its library.
        said: String,
    },
    Failed(BuildOutcome),
}

/// The compiler and the linker tell of a full disk in their own words, which hold the kernel's. But lld
/// writes into a mapped file, and dies by SIGBUS: then the disk itself has to be asked.
fn is_out_of_space(rendered: &str, folder: &Path) -> bool {
    /// Less than a program and what it is linked from, in bytes.
    const LITTLE: u64 = 16 * 1024 * 1024;
    let told = ["No space left on device (os error 28)", "final link failed: No space left"];
    let free =
        || nix::sys::statvfs::statvfs(folder).map(|stat| stat.blocks_available() * stat.fragment_size());
    told.iter().any(|words| rendered.contains(words))
        || rendered.contains("error: linking with ") && free().is_ok_and(|free| free < LITTLE)
}

pub(super) fn unwritable(folder: &Path, error: &io::Error) -> String {
    format!(
        "can't write below {}: {error}; make room or the folder writable, or put it elsewhere with CHECKER_TARGET_DIR",
        folder.display()
    )
}
