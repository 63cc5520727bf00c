//! The compiler that is here.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::linker::{self, Linker};
use super::linking::Ahead;
use super::stamp::Stamp;

/// The toolchain's own compiler; a rustup proxy would cost some milliseconds at each call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toolchain {
    pub rustc: PathBuf,
    /// What `rustc -vV` prints: digested with the sources, so that another compiler compiles anew.
    pub version: String,
    /// None: it links as it likes.
    pub linker: Option<Linker>,
}

/// An answer of the compiler's, and all that it may have depended on.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Remembered {
    circumstances: Circumstances,
    /// The compiler itself, and what its linker needs.
    own: Vec<Stamp>,
    toolchain: Toolchain,
}

/// By what a rustup proxy chooses a toolchain (the rustup book, "Overrides"): variables, the files
/// `rust-toolchain` and `rust-toolchain.toml` from here upwards, its settings.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Circumstances {
    rustc: Stamp,
    here: PathBuf,
    variables: Vec<Option<PathBuf>>,
    files: Vec<Stamp>,
}

const VARIABLES: [&str; 5] = ["RUSTC", "RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "CARGO_HOME", "HOME"];

impl Toolchain {
    /// The compiler that `cargo` would use: `$RUSTC`, or the one on the path. Its answer is remembered
    /// in the file `memory`, for as long as nothing changes that it could depend on.
    ///
    /// # Errors
    /// There is none, or it does not work: what, and the cure.
    pub fn find(memory: &Path) -> Result<Self, String> {
        let circumstances = Circumstances::now();
        let remembered =
            fs::read(memory).ok().and_then(|text| serde_json::from_slice::<Remembered>(&text).ok());
        if let Some(remembered) = remembered
            && circumstances.as_ref() == Some(&remembered.circumstances)
            && remembered.own.iter().all(Stamp::holds)
        {
            return Ok(remembered.toolchain);
        }
        let mut toolchain = Self::ask()?;
        let sysroot = toolchain.sysroot().map(Path::to_owned);
        toolchain.linker = sysroot.as_deref().and_then(|sysroot| {
            Linker::find(sysroot, &toolchain.version, memory.parent().unwrap_or(Path::new(".")))
        });
        if let (Some(circumstances), Some(own)) = (circumstances, Stamp::of(&toolchain.rustc)) {
            let linker = toolchain.linker.as_ref().zip(sysroot.as_deref());
            let of_linker = linker.map(|(linker, sysroot)| linker.stamps(sysroot)).unwrap_or_default();
            let own = [own].into_iter().chain(of_linker).collect();
            // Where that can't be written, it is asked again next time.
            drop(remember(memory, &Remembered { circumstances, own, toolchain: toolchain.clone() }));
        }
        Ok(toolchain)
    }

    fn ask() -> Result<Self, String> {
        let asked = env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from);
        let sysroot = answer(&asked, &["--print", "sysroot"])?;
        let own = Path::new(sysroot.trim_end()).join("bin/rustc");
        let rustc = if own.is_absolute() && own.is_file() { own } else { asked };
        let version = answer(&rustc, &["-vV"])?;
        Ok(Toolchain { rustc, version, linker: None })
    }

    /// The folder that holds it and its libraries; None where a compiler told no such folder of its own.
    pub fn sysroot(&self) -> Option<&Path> {
        let own = self.rustc.is_absolute() && self.rustc.ends_with("bin/rustc");
        own.then(|| self.rustc.parent()?.parent()).flatten()
    }

    /// What tells the compiler to call its linker directly.
    pub fn linker_flags(&self) -> Vec<String> {
        let linker = self.linker.as_ref().zip(self.sysroot());
        linker.map(|(linker, sysroot)| linker.flags(sysroot)).unwrap_or_default()
    }

    /// The linker that can be started ahead, and what tells the compiler to call this process in its place.
    pub fn linker_ahead(&self) -> Option<(Ahead, Vec<String>)> {
        let linker = self.linker.as_ref()?;
        Some((linker.ahead(self.sysroot()?)?, linker.flags_ahead()))
    }

    /// Whether a compilation that failed with these words is worth another try, without that.
    pub fn is_to_link_again(&self, said: &[u8]) -> bool {
        self.linker.is_some() && linker::is_at_fault(said)
    }

    /// `rustc 1.95.0 (…)`.
    pub fn name(&self) -> &str {
        self.version.lines().next().unwrap_or_default()
    }
}

/// What a compiler prints.
fn answer(rustc: &Path, question: &[&str]) -> Result<String, String> {
    let cure = "install Rust from https://rustup.rs, open a new terminal, and try `rustc -V`";
    let said = Command::new(rustc)
        .args(question)
        .output()
        .map_err(|error| format!("can't start the Rust compiler `{}`: {error}; {cure}", rustc.display()))?;
    if !said.status.success() {
        let why = String::from_utf8_lossy(&said.stderr);
        return Err(format!("the Rust compiler does not work: {}; {cure}", why.trim()));
    }
    Ok(String::from_utf8_lossy(&said.stdout).into_owned())
}

impl Circumstances {
    /// None where no compiler is found: that is for the compiler's own start to tell.
    fn now() -> Option<Self> {
        let here = env::current_dir().ok()?;
        let rustc = match env::var_os("RUSTC") {
            Some(rustc) => Stamp::of(Path::new(&rustc)),
            None => env::split_paths(&env::var_os("PATH")?).find_map(|dir| Stamp::of(&dir.join("rustc"))),
        };
        let home = env::var_os("RUSTUP_HOME").map(PathBuf::from).or_else(|| {
            let home = env::var_os("HOME")?;
            Some(Path::new(&home).join(".rustup"))
        });
        let overrides = here
            .ancestors()
            .flat_map(|dir| ["rust-toolchain", "rust-toolchain.toml"].map(|name| Stamp::of(&dir.join(name))));
        let settings = home.map(|home| Stamp::of(&home.join("settings.toml")));
        Some(Circumstances {
            rustc: rustc?,
            files: overrides.chain(settings).flatten().collect(),
            variables: VARIABLES.iter().map(|name| env::var_os(name).map(PathBuf::from)).collect(),
            here,
        })
    }
}

/// Whole, or not at all.
fn remember(memory: &Path, what: &Remembered) -> std::io::Result<()> {
    let folder = memory.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&serde_json::to_vec(what)?)?;
    file.persist(memory).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes an answer that no compiler gave: if it comes back, nobody was asked.
    fn forge(memory: &Path, change: impl FnOnce(&mut Remembered)) {
        let mut known: Remembered = serde_json::from_slice(&fs::read(memory).unwrap()).unwrap();
        known.toolchain.version = "rustc 0.0.0".into();
        change(&mut known);
        fs::write(memory, serde_json::to_vec(&known).unwrap()).unwrap();
    }

    #[test]
    fn an_answer_holds_while_nothing_changes_that_it_depends_on() {
        let dir = tempfile::tempdir().unwrap();
        let memory = dir.path().join("toolchain.json");
        let asked = Toolchain::find(&memory).unwrap();
        assert!(asked.name().starts_with("rustc 1."), "{asked:?}");
        assert!(asked.rustc.is_absolute(), "the toolchain's own, not what was typed: {asked:?}");

        forge(&memory, |_| ());
        assert_eq!(Toolchain::find(&memory).unwrap().name(), "rustc 0.0.0", "remembered");

        let other = dir.path().join("rustc");
        fs::write(&other, "").unwrap();
        let stamp = Stamp::of(&other).unwrap();
        fs::remove_file(&other).unwrap();
        let changes: [fn(&mut Remembered, Stamp); 5] = [
            |known, other| known.circumstances.rustc = other,
            |known, _| known.circumstances.here = "/elsewhere".into(),
            |known, _| known.circumstances.variables[1] = Some("nightly".into()),
            |known, other| known.circumstances.files.push(other),
            |known, other| known.own = vec![other],
        ];
        for change in changes {
            forge(&memory, |known| change(known, stamp.clone()));
            assert_eq!(Toolchain::find(&memory).unwrap(), asked);
        }
        fs::write(&memory, "{ half").unwrap();
        assert_eq!(Toolchain::find(&memory).unwrap(), asked);
    }

    #[test]
    fn a_changed_file_is_another() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("rustc");
        fs::write(&file, "one").unwrap();
        let stamp = Stamp::of(&file).unwrap();
        assert!(stamp.holds());
        // The same length and the same time of modification: the inode or the time of change tells.
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        fs::remove_file(&file).unwrap();
        fs::write(&file, "two").unwrap();
        fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
        assert!(!stamp.holds());
        fs::remove_file(&file).unwrap();
        assert!(!stamp.holds());
    }
}
