//! Builds programs, each at most once for the same sources.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::cache::Cache;
use super::compiler::{FLAGS, Recipe, Setting, Words};
use super::outcome::{BuildOutcome, Built};
use super::source::{self, Digest};
use super::toolchain::Toolchain;

pub use super::compiler::{Recipe as BuildRecipe, Words as CompilerWords};

/// How often sources that change while they are compiled are compiled again.
const TRIES: u32 = 3;

#[derive(Debug)]
pub struct Builder {
    toolchain: Toolchain,
    cache: Cache,
    incremental: PathBuf,
    words: Words,
    budget: Duration,
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
        })
    }

    /// `rustc 1.95.0 (…)`.
    pub fn compiler(&self) -> &str {
        self.toolchain.name()
    }

    /// All that the compiler says of itself.
    pub fn compiler_version(&self) -> &str {
        &self.toolchain.version
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
        if let Some(path) = source::foreign(&recipe.folder.join("src")) {
            let trouble =
                "it is neither a file nor a folder: only what stands in src itself is compiled".into();
            return Ok(BuildOutcome::NoSource { path: recipe.shown(&path), trouble });
        }
        let mut digest = self.digest(recipe)?;
        for _ in 0..TRIES {
            if let Some((binary, warnings)) = self.cache.find(&digest) {
                return Ok(BuildOutcome::Built(Built {
                    binary,
                    warnings,
                    known: true,
                    took: began.elapsed(),
                }));
            }
            let outcome = self.compile(recipe, &digest, began)?;
            let after = self.digest(recipe)?;
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

    fn digest(&self, recipe: &Recipe) -> Result<Digest, String> {
        let src = recipe.folder.join("src");
        let main = recipe.folder.join(&recipe.main);
        let own = if recipe.has_library() { None } else { source::alone(&main) };
        let tree = own.map_or_else(|| source::digest(&src), Ok);
        let tree = tree.map_err(|error| format!("reading {}: {error}", src.display()))?;
        let flags = FLAGS.join(" ");
        let shown = recipe.shown(&recipe.main);
        let place = if shown.is_relative() { &shown } else { &recipe.main };
        Ok(source::digest_of(&[
            self.toolchain.version.as_bytes(),
            flags.as_bytes(),
            recipe.package.as_bytes(),
            recipe.program.as_bytes(),
            // Panics and `file!` name the place; that of a crate which is only staged says nothing.
            place.as_os_str().as_encoded_bytes(),
            tree.as_bytes(),
        ]))
    }

    fn compile(&self, recipe: &Recipe, digest: &Digest, began: Instant) -> Result<BuildOutcome, String> {
        let trouble = |error: io::Error| unwritable(&self.incremental, &error);
        let workplace = self.cache.workplace().map_err(trouble)?;
        // Of the student's own crates; others are compiled once.
        let inside = recipe.folder.starts_with(recipe.root.join("exercises"));
        let incremental = inside.then(|| self.incremental.join(&recipe.package).join(&recipe.program));
        if let Some(folder) = &incremental {
            fs::create_dir_all(folder).map_err(trouble)?;
        }
        let (toolchain, words, budget) = (&self.toolchain, self.words, self.budget);
        let setting = Setting { toolchain, words, out: workplace.path(), incremental, budget };
        let ended = recipe.compile(&setting).map_err(|error| format!("running the compiler: {error}"))?;
        let rendered = String::from_utf8_lossy(&ended.stderr).into_owned();
        match ended.status {
            None => Ok(BuildOutcome::TooLong { rendered }),
            Some(status) if status.success() => {
                if let Some(path) = recipe.outside(&setting).first() {
                    let trouble = "the program is made from this file too, and it is not in src".into();
                    return Ok(BuildOutcome::NoSource { path: recipe.shown(path), trouble });
                }
                let binary =
                    self.cache.insert(digest, &recipe.binary(&setting), &rendered).map_err(trouble)?;
                Ok(BuildOutcome::Built(Built {
                    binary,
                    warnings: rendered,
                    known: false,
                    took: began.elapsed(),
                }))
            }
            Some(_) if is_out_of_space(&rendered, workplace.path()) => Err(format!(
                "no space is left on the disk for compiling; make room, or `cargo clean`\n{rendered}"
            )),
            Some(status) if status.code().is_none() && rendered.trim().is_empty() => {
                Ok(BuildOutcome::TooLong { rendered: format!("the compiler was ended: {status}") })
            }
            Some(_) => Ok(BuildOutcome::Errors { rendered }),
        }
    }
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

fn unwritable(folder: &Path, error: &io::Error) -> String {
    format!(
        "can't write below {}: {error}; make room or the folder writable, or put it elsewhere with CHECKER_TARGET_DIR",
        folder.display()
    )
}
